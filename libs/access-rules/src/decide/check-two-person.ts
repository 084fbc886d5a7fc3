import type { DoorPerson, PersonId } from '@munjigi/contracts';
import { belongsTo, type Case } from './question';
import { result, type StepOf } from './step';

/** The step, with the people who pass together once it has passed. */
export interface TwoPerson {
  readonly step: StepOf<'two-person'>;
  readonly party: readonly DoorPerson[];
}

/**
 * As many people as the door's rule asks for have presented themselves, an approver among them where it asks for one.
 *
 * @param mayPass whether somebody who waits would pass now by every other check; who would not is not counted
 */
export function checkTwoPerson(asked: Case, mayPass: (personId: PersonId) => boolean): TwoPerson {
  const { person, door } = asked;
  const rule = door.rules.twoPerson;
  if (!rule) return { step: stepOf([person], null, false), party: [person] };
  const isApprover = (each: DoorPerson) =>
    rule.approverGroupIds === null || belongsTo(each, rule.approverGroupIds);
  const waiting = waitingPeople(asked, rule.withinMs).filter(({ id }) => mayPass(id));
  // Exactly as many as are asked for: the newest, but for a place that an approver must have.
  const others = waiting.slice(0, rule.count - 1);
  const approver = [person, ...waiting].find(isApprover);
  if (approver && ![person, ...others].some(isApprover)) others.splice(-1, 1, approver);
  const party = [person, ...others];
  const approverMissing = !party.some(isApprover);
  return { step: stepOf(party, rule.count, approverMissing), party };
}

/** The others who presented themselves in time, the newest first. */
function waitingPeople({ rules, memory, doorId, person, atMs }: Case, withinMs: number): DoorPerson[] {
  const presented = memory.doors.get(doorId)?.presented ?? [];
  const ids = presented
    .filter(({ personId }) => personId !== person.id)
    .filter((other) => atMs - other.atMs >= 0 && atMs - other.atMs <= withinMs)
    .map(({ personId }) => personId);
  return [...new Set(ids)]
    .reverse()
    .map((id) => rules.people.get(id))
    .filter((each) => each !== undefined);
}

function stepOf(
  party: readonly DoorPerson[],
  count: number | null,
  approverMissing: boolean,
): TwoPerson['step'] {
  const enough = count === null || (party.length >= count && !approverMissing);
  return {
    check: 'two-person',
    ...result(enough ? null : 'two-person-pending'),
    personIds: party.map(({ id }) => id),
    count,
    approverMissing,
  };
}
