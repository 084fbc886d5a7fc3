import { Injectable } from '@nestjs/common';
import type { personDoorsSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorProgress } from '../doors/door-progress';
import { DoorsRepository } from '../doors/doors.repository';
import { PeopleRepository } from '../people/people.repository';
import { mayRead } from '../people/person-access';
import { ChangeFeed } from '../../platform/change-feed/change-feed';

/** Which doors know what was last changed of a person. */
@Injectable()
export class PersonDoorsService {
  constructor(
    private readonly people: PeopleRepository,
    private readonly doors: DoorsRepository,
    private readonly progress: DoorProgress,
    private readonly feed: ChangeFeed,
  ) {}

  /** @throws {AppError} `people/not-found`, `auth/forbidden` */
  async get(personId: string, by: SignedIn): Promise<z.input<typeof personDoorsSchema>> {
    const { person } = await this.people.get(personId);
    mayRead(by, person.siteId);
    const change = await this.feed.ofPerson(personId);
    const reached = await this.progress.reached(change?.revoked ? 'revocations' : 'everything');
    const has = (doorId: string) => change === null || (reached.get(doorId) ?? -1) >= change.revision;
    const seen = by.access.may('doors:read') ? await this.doors.list(by.access.reach('doors:read')) : [];
    const everywhere = [...reached.keys()];
    return {
      revision: change?.revision ?? null,
      doorsConfirmed: everywhere.filter(has).length,
      doorsTotal: everywhere.length,
      doors: seen
        .map(({ door, online }) => ({
          door: { id: door.id, name: door.name },
          online,
          confirmed: has(door.id),
        }))
        .sort((a, b) => Number(a.confirmed) - Number(b.confirmed)),
    };
  }
}
