import type { DoorId } from '@munjigi/contracts';
import type { AccessMemory } from '../memory/memory';
import { isInstant } from '../time/day';
import type { TimeZone } from '../time/time-zone';
import type { AccessRules } from './access-rules';

/** How a door's first-person rule stands. */
export interface FirstPerson {
  /** Whether the door has the rule, and it holds now; in doubt about its schedule it does. */
  readonly inForce: boolean;
  /** When somebody who may be the first last passed on this day of the site, ms since 1970; null: nobody has. */
  readonly arrivedAtMs: number | null;
  /** Before this instant neither changes by itself; null: for good. */
  readonly untilMs: number | null;
}

/** The state of a door's first-person rule at a time that `isInstant`. */
export function firstPersonOf({
  rules,
  doorId,
  atMs,
  memory,
  zone,
}: {
  readonly rules: AccessRules;
  readonly doorId: DoorId;
  readonly atMs: number;
  readonly memory: AccessMemory;
  readonly zone: TimeZone;
}): FirstPerson {
  const rule = rules.doors.get(doorId)?.rules.firstPersonIn;
  if (!rule) return { inForce: false, arrivedAtMs: null, untilMs: null };
  const schedule = rule.scheduleId === null ? null : rules.scheduleAt(doorId, rule.scheduleId);
  const passedAtMs = memory.doors.get(doorId)?.firstPersonAtMs ?? null;
  const today = zone.dayAt(atMs);
  // A pass that lies ahead, after the clock was set back, proves nothing about today.
  const arrived =
    passedAtMs !== null && passedAtMs <= atMs && isInstant(passedAtMs) && zone.dayAt(passedAtMs) === today;
  const midnightMs = zone.startOfDayMs(today + 1);
  return {
    inForce:
      schedule === null ||
      schedule.coverageAt(atMs).source === 'calendar-unavailable' ||
      schedule.covers(atMs),
    arrivedAtMs: arrived ? passedAtMs : null,
    untilMs: Math.min(midnightMs, schedule?.nextChangeMs(atMs) ?? midnightMs),
  };
}
