import type { DoorMode, DoorOpenAlarm, DoorStanding } from '@munjigi/contracts';

/** Times of a door, ms, as its settings say. */
export interface DoorTimes {
  readonly heldOpenMs: number;
  readonly extendedHeldOpenMs: number;
  readonly heldOpenWarningMs: number;
  readonly relockOnClose: boolean;
  readonly relockDelayMs: number;
  readonly rexUnlockMs: number;
}

/** For whom a door unlocks for a moment. */
export type UnlockFor = 'person' | 'operator' | 'exit';

/** A door unlocked for a moment: until a time of the monotonic clock, and no longer. */
export interface TimedUnlock {
  readonly untilMs: number;
  /** Whether any of its grants was of extended time. */
  readonly extended: boolean;
  /** Events of grants of which it is not known yet whether access was taken. */
  readonly eventIds: readonly string[];
  /** Whether the door was opened meanwhile. */
  readonly opened: boolean;
}

/** A door that stands open. */
export interface Opening {
  /** Since when its time counts. */
  readonly sinceMs: number;
  readonly limitMs: number;
  readonly warned: boolean;
  readonly alarm: DoorOpenAlarm;
}

/** Everything that a door's machine remembers. All times are of the monotonic clock, ms. */
export interface DoorState {
  /** The latest moment that the machine knows of; it never goes back. */
  readonly atMs: number;
  readonly mode: DoorMode;
  /** Whether an emergency set the mode. */
  readonly isEmergency: boolean;
  /** From here on an unlocked mode counts as ended, unless it is said again. */
  readonly modeUntilMs: number;
  readonly unlock: TimedUnlock | null;
  /** Whether the relay holds the door unlocked. */
  readonly isEnergised: boolean;
  /** Until when an opening is the lock's or an exit's doing, though the relay is released. */
  readonly excusedUntilMs: number;
  /** Null: there is no contact, or it cannot be read. */
  readonly isOpen: boolean | null;
  readonly opening: Opening | null;
  readonly tamper: boolean | null;
  readonly bolt: boolean;
  readonly fire: boolean;
}

/** What a door has to tell of. */
export type DoorFact =
  | {
      readonly kind:
        | 'door-forced'
        | 'door-closed'
        | 'rex'
        | 'tamper'
        | 'tamper-ended'
        | 'double-locked'
        | 'double-lock-ended'
        | 'fire-release'
        | 'fire-release-ended';
    }
  | { readonly kind: 'door-held-open'; readonly openMs: number }
  | { readonly kind: 'door-held-open-soon'; readonly inMs: number }
  | { readonly kind: 'access-taken' | 'access-not-taken'; readonly eventId: string };

/** A locked door of which nothing is known yet. */
export const UNTOUCHED_DOOR: DoorState = {
  atMs: 0,
  mode: 'locked',
  isEmergency: false,
  modeUntilMs: 0,
  unlock: null,
  isEnergised: false,
  excusedUntilMs: 0,
  isOpen: null,
  opening: null,
  tamper: null,
  bolt: false,
  fire: false,
};

/**
 * How a door stands, in the words of ONVIF: one whose lock has not unlocked counts as locked, whatever it should do.
 *
 * @param isUnlocked whether the lock is known to have unlocked
 */
export function standingOf(state: DoorState, isUnlocked = state.isEnergised): DoorStanding {
  if (isUnlocked && state.unlock) return 'accessed';
  if (state.bolt) return 'double-locked';
  if (isUnlocked && state.isEnergised) return state.isEmergency ? 'locked-open' : 'unlocked';
  return state.mode === 'unlocked' ? 'locked' : state.mode;
}

/** When something about a door changes by itself next; null: nothing will. */
export function nextChangeMs(state: DoorState, times: DoorTimes): number | null {
  const { unlock, opening, atMs } = state;
  const moments: number[] = [];
  if (unlock) moments.push(unlock.untilMs);
  if (state.mode === 'unlocked' && state.modeUntilMs > atMs) moments.push(state.modeUntilMs);
  if (opening?.alarm === 'normal' && !mayStandOpen(state)) {
    moments.push(opening.sinceMs + opening.limitMs);
    if (!opening.warned && times.heldOpenWarningMs > 0) moments.push(warnsAtMs(opening, times));
  }
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Whether a door is unlocked for all, or by fire: then it may stand open, and its time counts from when that ends. */
export function mayStandOpen({ mode, isEnergised, fire }: DoorState): boolean {
  return (mode === 'unlocked' && isEnergised) || fire;
}

/** When an opening is about to be too long. */
export function warnsAtMs({ sinceMs, limitMs }: Opening, { heldOpenWarningMs }: DoorTimes): number {
  return sinceMs + Math.max(0, limitMs - heldOpenWarningMs);
}
