import type { DoorId, PersonId } from '@munjigi/contracts';
import { DAY_MS, instantMs } from '../time/day';
import type { AccessRules } from './access-rules';

/** A stretch of time, ms since 1970 UTC: `fromMs` belongs to it, `untilMs` does not. */
export interface Period {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Who, where, and in which stretch of time; at most 400 days. */
export interface PassQuestion extends Period {
  readonly rules: AccessRules;
  readonly personId: PersonId;
  readonly doorId: DoorId;
}

const PERIOD_DAYS_MAX = 400;

/**
 * When a person may pass a door by status, validity and access levels, in order and apart from one another.
 *
 * What depends on others or on the moment (lockdown, overrides, two-person rule, anti-passback, …) is left out.
 *
 * @throws {RangeError} when the stretch is none, or longer than 400 days.
 */
export function whenMayPass({ rules, personId, doorId, fromMs, untilMs }: PassQuestion): Period[] {
  if (!(untilMs >= fromMs) || untilMs - fromMs > PERIOD_DAYS_MAX * DAY_MS) {
    throw new RangeError(`The period must end after it begins, and within ${PERIOD_DAYS_MAX} days.`);
  }
  const person = rules.people.get(personId);
  if (person?.status !== 'active') return [];
  const beginsMs = Math.max(fromMs, person.validFrom === null ? fromMs : instantMs(person.validFrom));
  const endsMs = Math.min(untilMs, person.validUntil === null ? untilMs : instantMs(person.validUntil));
  const scheduleIds = new Set(rules.grantsAt(person, doorId).map(({ scheduleId }) => scheduleId));
  return union(
    [...scheduleIds].flatMap((id) => {
      const schedule = rules.scheduleAt(doorId, id);
      return schedule ? coveredPeriods(schedule, { fromMs: beginsMs, untilMs: endsMs }) : [];
    }),
  );
}

interface Changing {
  covers(atMs: number): boolean;
  nextChangeMs(atMs: number): number | null;
}

function coveredPeriods(schedule: Changing, { fromMs, untilMs }: Period): Period[] {
  const periods: Period[] = [];
  let atMs = fromMs;
  while (atMs < untilMs) {
    const changeMs = Math.min(schedule.nextChangeMs(atMs) ?? untilMs, untilMs);
    if (schedule.covers(atMs)) periods.push({ fromMs: atMs, untilMs: changeMs });
    atMs = changeMs;
  }
  return periods;
}

function union(periods: readonly Period[]): Period[] {
  const united: Period[] = [];
  for (const period of [...periods].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = united.at(-1);
    if (last && period.fromMs <= last.untilMs) {
      united[united.length - 1] = { fromMs: last.fromMs, untilMs: Math.max(last.untilMs, period.untilMs) };
    } else {
      united.push(period);
    }
  }
  return united;
}
