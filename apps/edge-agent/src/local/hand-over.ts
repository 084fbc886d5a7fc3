import type { LocalPersonAtDoor } from '@munjigi/contracts';
import type { LocalUser } from '../ports/uplink-user';
import type { TargetState } from '../sync/target-state';
import type { LocalPeople } from './local-people';

const CAPTURES_MAX = 5;

/**
 * Hands local people over to the server: shows it who waits, and forgets whom it has decided about.
 *
 * Whoever the server sends under the id that they have here was taken over: from then on the server's rules are theirs,
 * even if the word that it was so is lost.
 */
export function handOver(people: LocalPeople, target: TargetState): LocalUser {
  const forgetTaken = (): void => {
    for (const { id } of people.all) if (target.knows(id)) people.remove(id);
  };
  target.onChange(forgetTaken);
  forgetTaken();
  return {
    people: () =>
      people.all.map(({ id, name, validFrom, validUntil, passes, createdAt }): LocalPersonAtDoor => ({
        ...{ id: id as LocalPersonAtDoor['id'], name, validFrom, validUntil, passes, createdAt },
      })),
    captures: (personId) => {
      const photos = people.find(personId) ? people.photosOf(personId).slice(0, CAPTURES_MAX) : [];
      if (photos.length > 0)
        return { ok: true, captures: photos.map((jpeg) => ({ jpeg: new Uint8Array(jpeg) })) };
      const message = 'The door has no picture of this person.';
      return { ok: false, error: { code: 'capture/track-gone', message } };
    },
    settle: (personId) => {
      if (people.find(personId)) people.remove(personId);
    },
  };
}
