import type {
  DoorId,
  DoorMode,
  DoorOverride,
  LockdownId,
  OverridePriority,
  OverrideState,
  ScheduleId,
} from '@munjigi/contracts';
import type { DoorHealth } from '../health';
import type { AccessMemory } from '../memory/memory';
import { firstPersonOf } from '../rules/first-person';
import type { AccessRules } from '../rules/access-rules';
import { instantMs, isInstant } from '../time/day';
import type { TimeZone } from '../time/time-zone';

/** What sets a door's mode. */
export type ModeCause =
  | { readonly kind: 'lockdown'; readonly lockdownId: LockdownId }
  | { readonly kind: 'override'; readonly priority: OverridePriority; readonly state: OverrideState }
  | { readonly kind: 'schedule'; readonly scheduleId: ScheduleId }
  /** A scheduled unlock that waits for the first person of the day. */
  | { readonly kind: 'first-person'; readonly scheduleId: ScheduleId }
  /** Nothing says otherwise. */
  | { readonly kind: 'none' }
  /** The door or the time is not known well enough to unlock. */
  | { readonly kind: 'doubt'; readonly reason: 'rules-unavailable' | 'clock-untrusted' };

/** The mode of a door, and why. */
export interface EffectiveMode {
  readonly mode: DoorMode;
  readonly cause: ModeCause;
  /** Before this instant the mode stays, if nothing else happens; null: for good. ms since 1970 */
  readonly untilMs: number | null;
}

/** Which door, when, and what is known. */
export interface ModeQuestion {
  readonly rules: AccessRules;
  readonly doorId: DoorId;
  /** ms since 1970 */
  readonly atMs: number;
  readonly memory: AccessMemory;
  readonly health: DoorHealth;
}

/** From the one that lets most people through to the strictest. */
const STRICTNESS: Readonly<Record<OverrideState, number>> = { normal: 0, unlocked: 1, locked: 2, blocked: 3 };

/**
 * What a door does of itself now: a lockdown wins over an emergency override, that over an operator's, that over the
 * door's unlock schedule; when none is, the door is locked.
 *
 * In doubt (no trusted clock, an unknown time zone or schedule) whatever closes the door holds, and whatever would
 * open it does not. Of several overrides of one priority the strictest wins.
 */
export function effectiveMode(question: ModeQuestion): EffectiveMode {
  const { rules, doorId } = question;
  const [lockdown] = rules.lockdownsAt(doorId);
  if (lockdown) {
    return { mode: 'locked-down', cause: { kind: 'lockdown', lockdownId: lockdown.id }, untilMs: null };
  }
  const zone = rules.zoneOf(doorId);
  const certain = isCertain(question, zone);
  const override = overrideInForce(question);
  if (override && override.state !== 'normal') {
    const { priority, state, until } = override;
    const untilMs = certain && until !== null ? instantMs(until) : null;
    return { mode: state, cause: { kind: 'override', priority, state }, untilMs };
  }
  if (!certain) return doubt(zone ? 'clock-untrusted' : 'rules-unavailable');
  return scheduledMode(question, zone);
}

/**
 * The override that a door goes by, if no lockdown is in force; undefined when there is none.
 *
 * When the time is not known, what locks has not ended, and what unlocks has.
 */
export function overrideInForce(question: ModeQuestion): DoorOverride | undefined {
  const { rules, doorId, atMs } = question;
  const certain = isCertain(question, rules.zoneOf(doorId));
  const rank = ({ priority, state }: DoorOverride) => (priority === 'emergency' ? 10 : 0) + STRICTNESS[state];
  return rules
    .overridesAt(doorId)
    .filter(({ state, until }) => {
      if (state === 'normal') return false;
      if (state === 'unlocked') return certain && (until === null || atMs < instantMs(until));
      return !certain || until === null || !(atMs >= instantMs(until));
    })
    .sort((a, b) => rank(b) - rank(a))[0];
}

function isCertain({ health, atMs }: ModeQuestion, zone: TimeZone | null): zone is TimeZone {
  return zone !== null && health.clockTrusted && isInstant(atMs);
}

function scheduledMode({ rules, doorId, atMs, memory }: ModeQuestion, zone: TimeZone): EffectiveMode {
  const scheduleId = rules.doors.get(doorId)?.rules.unlockScheduleId ?? null;
  if (scheduleId === null) return { mode: 'locked', cause: { kind: 'none' }, untilMs: null };
  const schedule = rules.scheduleAt(doorId, scheduleId);
  if (!schedule) return doubt('rules-unavailable');
  const changeMs = schedule.nextChangeMs(atMs);
  if (!schedule.covers(atMs)) return { mode: 'locked', cause: { kind: 'none' }, untilMs: changeMs };
  const first = firstPersonOf({ rules, doorId, atMs, memory, zone });
  const untilMs = earliest(changeMs, first.untilMs);
  return first.inForce && first.arrivedAtMs === null
    ? { mode: 'locked', cause: { kind: 'first-person', scheduleId }, untilMs }
    : { mode: 'unlocked', cause: { kind: 'schedule', scheduleId }, untilMs };
}

function doubt(reason: 'rules-unavailable' | 'clock-untrusted'): EffectiveMode {
  return { mode: 'locked', cause: { kind: 'doubt', reason }, untilMs: null };
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
