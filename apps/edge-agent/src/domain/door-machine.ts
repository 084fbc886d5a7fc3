import type { DoorMode, UnlockRefusal } from '@munjigi/contracts';
import { takePosition, watchOpening } from './door-opening';
import type { DoorFact, DoorState, DoorTimes, UnlockFor } from './door-state';

/** What happens to a door, and when by the monotonic clock, ms. */
export type DoorInput = { readonly atMs: number } & (
  | {
      readonly kind: 'unlock';
      readonly unlockMs: number;
      readonly by: Exclude<UnlockFor, 'exit'>;
      readonly extended?: boolean;
      /** The event of the grant, of which the machine then says whether access was taken. */
      readonly eventId?: string;
    }
  | {
      /** What the rules say of the door; to be said again within `forMs`, or an unlocked mode ends. */
      readonly kind: 'mode';
      readonly mode: DoorMode;
      readonly isEmergency: boolean;
      readonly forMs: number;
    }
  | { readonly kind: 'rex' }
  /** Ends an unlocking for a moment. */
  | { readonly kind: 'lock' }
  | { readonly kind: 'position'; readonly isOpen: boolean | null }
  | { readonly kind: 'tamper' | 'bolt' | 'fire'; readonly isActive: boolean }
  | { readonly kind: 'tick' }
  | { readonly kind: 'shutdown' }
);

/** The state after an input, and what follows from it. */
export interface DoorStep {
  readonly state: DoorState;
  /** What the relay has to do; null when it stays as it is. */
  readonly relay: 'energise' | 'release' | null;
  readonly facts: readonly DoorFact[];
}

/** A door may be on its way when its lock shoots: an opening so long after that is nobody's force. */
const RELOCK_GRACE_MS = 1_000;
/** Whoever asked to leave opens the door within this, where a request alone does not unlock. */
const EXIT_GRACE_MS = 10_000;
const EVENTS_MAX = 16;

/**
 * The next state of a door. Pure: all time comes with the inputs, and a moment before the last one counts as the last.
 *
 * The relay is energised exactly while a timed unlock runs or the mode is unlocked; nothing prolongs either but a new
 * grant or the mode said again. A door that is blocked or double-locked unlocks for nobody but who asks to leave; a
 * lockdown ends what was unlocked before it.
 */
export function stepDoor(before: DoorState, input: DoorInput, times: DoorTimes): DoorStep {
  const facts: DoorFact[] = [];
  const timely = expire({ ...before, atMs: Math.max(before.atMs, input.atMs) }, times, facts);
  const after = expire(take(timely, input, times, facts), times, facts);
  const isEnergised = after.isEnergised;
  const relay = isEnergised === before.isEnergised ? null : isEnergised ? 'energise' : 'release';
  return { state: after, relay, facts };
}

/** Why a door does not unlock for somebody now; null when it does. */
export function refusalFor(
  { mode, bolt }: DoorState,
  by: UnlockFor,
): Exclude<UnlockRefusal, 'late' | 'not-recorded' | 'lock-fault'> | null {
  if (by === 'exit') return null;
  if (bolt) return 'double-locked';
  if (mode === 'blocked') return 'blocked';
  return mode === 'locked-down' && by === 'operator' ? 'locked-down' : null;
}

function take(state: DoorState, input: DoorInput, times: DoorTimes, facts: DoorFact[]): DoorState {
  const { atMs } = state;
  switch (input.kind) {
    case 'unlock':
      return takeUnlock(state, input, facts);
    case 'mode': {
      const { mode, isEmergency } = input;
      const next = { ...state, mode, isEmergency, modeUntilMs: mode === 'unlocked' ? atMs + input.forMs : 0 };
      const closes = mode !== state.mode && (mode === 'blocked' || mode === 'locked-down');
      return closes ? endUnlock(next, facts) : next;
    }
    case 'lock':
      return endUnlock(state, facts);
    case 'rex':
      return takeExit(state, times, facts);
    case 'position':
      return takePosition(state, input.isOpen, { times, facts });
    case 'tamper':
      if (input.isActive !== state.tamper) facts.push({ kind: input.isActive ? 'tamper' : 'tamper-ended' });
      return { ...state, tamper: input.isActive };
    case 'bolt': {
      if (input.isActive === state.bolt) return state;
      facts.push({ kind: input.isActive ? 'double-locked' : 'double-lock-ended' });
      const next = { ...state, bolt: input.isActive };
      return input.isActive ? endUnlock(next, facts) : next;
    }
    case 'fire':
      if (input.isActive === state.fire) return state;
      facts.push({ kind: input.isActive ? 'fire-release' : 'fire-release-ended' });
      return { ...state, fire: input.isActive };
    case 'tick':
      return state;
    case 'shutdown':
      return { ...endUnlock(state, facts), mode: 'locked', isEmergency: false, modeUntilMs: 0 };
  }
}

function takeUnlock(state: DoorState, input: DoorInput & { kind: 'unlock' }, facts: DoorFact[]): DoorState {
  const ids = input.eventId === undefined ? [] : [input.eventId];
  if (refusalFor(state, input.by) !== null) {
    facts.push(...ids.map((eventId) => ({ kind: 'access-not-taken' as const, eventId })));
    return state;
  }
  const { unlock } = state;
  // Through a door that stands open they pass as it is.
  if (state.isOpen) facts.push(...ids.map((eventId) => ({ kind: 'access-taken' as const, eventId })));
  const pending = state.isOpen === false ? ids : [];
  return prolong(state, {
    untilMs: state.atMs + input.unlockMs,
    extended: input.extended ?? false,
    eventIds: [...(unlock?.eventIds ?? []), ...pending].slice(-EVENTS_MAX),
    opened: false,
  });
}

function takeExit(state: DoorState, times: DoorTimes, facts: DoorFact[]): DoorState {
  facts.push({ kind: 'rex' });
  const excused = { ...state, excusedUntilMs: Math.max(state.excusedUntilMs, state.atMs + EXIT_GRACE_MS) };
  if (times.rexUnlockMs === 0) return excused;
  const untilMs = state.atMs + times.rexUnlockMs;
  return prolong(excused, {
    untilMs,
    extended: false,
    eventIds: state.unlock?.eventIds ?? [],
    opened: false,
  });
}

/** Unlocks for longer, never for shorter. */
function prolong(state: DoorState, asked: NonNullable<DoorState['unlock']>): DoorState {
  const untilMs = Math.max(asked.untilMs, state.unlock?.untilMs ?? 0);
  const extended = asked.extended || (state.unlock?.extended ?? false);
  return { ...state, unlock: { ...asked, untilMs, extended } };
}

/** Ends what is over at the state's moment, and derives the relay. */
function expire(state: DoorState, times: DoorTimes, facts: DoorFact[]): DoorState {
  const { atMs } = state;
  const current = state.unlock && atMs >= state.unlock.untilMs ? endUnlock(state, facts) : state;
  const isUnlockedForAll = current.mode === 'unlocked' && atMs < current.modeUntilMs && !current.bolt;
  const isEnergised = current.unlock !== null || isUnlockedForAll;
  const wasReleased = current.isEnergised && !isEnergised;
  const relocked = {
    ...current,
    isEnergised,
    excusedUntilMs: wasReleased
      ? Math.max(current.excusedUntilMs, atMs + RELOCK_GRACE_MS)
      : current.excusedUntilMs,
  };
  return watchOpening(relocked, { times, facts });
}

function endUnlock(state: DoorState, facts: DoorFact[]): DoorState {
  if (!state.unlock) return state;
  facts.push(...state.unlock.eventIds.map((eventId) => ({ kind: 'access-not-taken' as const, eventId })));
  return { ...state, unlock: null };
}
