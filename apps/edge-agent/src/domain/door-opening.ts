import {
  mayStandOpen,
  warnsAtMs,
  type DoorFact,
  type DoorState,
  type DoorTimes,
  type Opening,
} from './door-state';

/** The times that hold, and where what happened is put. */
interface Context {
  readonly times: DoorTimes;
  readonly facts: DoorFact[];
}

/** The door was opened or closed, or its contact can be read no longer. */
export function takePosition(state: DoorState, isOpen: boolean | null, context: Context): DoorState {
  if (isOpen === state.isOpen) return state;
  if (isOpen === null) {
    const opening = state.opening?.alarm === 'normal' ? null : state.opening;
    return { ...state, isOpen, opening };
  }
  return isOpen ? takeOpened(state, context) : takeClosed(state, context);
}

function takeOpened(state: DoorState, { times, facts }: Context): DoorState {
  const { unlock, atMs } = state;
  const opening: Opening = {
    sinceMs: atMs,
    limitMs: unlock?.extended ? times.extendedHeldOpenMs : times.heldOpenMs,
    warned: false,
    alarm: 'normal',
  };
  // Of a door found open when it is first looked at, nobody knows how it was opened.
  const isExcused = state.isOpen === null || state.isEnergised || state.fire || atMs < state.excusedUntilMs;
  if (!isExcused) {
    facts.push({ kind: 'door-forced' });
    return { ...state, isOpen: true, opening: { ...opening, alarm: 'door-forced-open' } };
  }
  facts.push(...(unlock?.eventIds ?? []).map((eventId) => ({ kind: 'access-taken' as const, eventId })));
  return {
    ...state,
    isOpen: true,
    opening: state.opening ?? opening,
    unlock: unlock && { ...unlock, eventIds: [], opened: true },
  };
}

function takeClosed(state: DoorState, { times, facts }: Context): DoorState {
  const { unlock, opening, atMs } = state;
  if (state.isOpen === null || (opening && opening.alarm !== 'normal')) facts.push({ kind: 'door-closed' });
  const relocks = unlock?.opened === true && times.relockOnClose;
  const untilMs = relocks ? Math.min(unlock.untilMs, atMs + times.relockDelayMs) : unlock?.untilMs;
  return {
    ...state,
    isOpen: false,
    opening: null,
    excusedUntilMs: Math.min(state.excusedUntilMs, atMs),
    unlock: unlock && { ...unlock, untilMs: untilMs ?? unlock.untilMs },
  };
}

/** Tells of a door that stands open for too long, and of one that is about to, once each. */
export function watchOpening(state: DoorState, { times, facts }: Context): DoorState {
  const { opening, atMs } = state;
  if (opening?.alarm !== 'normal') return state;
  if (mayStandOpen(state)) return { ...state, opening: { ...opening, sinceMs: atMs, warned: false } };
  if (atMs >= opening.sinceMs + opening.limitMs) {
    facts.push({ kind: 'door-held-open', openMs: atMs - opening.sinceMs });
    return { ...state, opening: { ...opening, warned: false, alarm: 'door-open-too-long' } };
  }
  if (opening.warned || times.heldOpenWarningMs === 0 || atMs < warnsAtMs(opening, times)) return state;
  facts.push({ kind: 'door-held-open-soon', inMs: opening.sinceMs + opening.limitMs - atMs });
  return { ...state, opening: { ...opening, warned: true } };
}
