/** The lock of a door: locked, or held unlocked until a moment of the monotonic clock. */
export type DoorLock = { readonly lock: 'locked' } | { readonly lock: 'unlocked'; readonly untilMs: number };

/** What happens to a door. */
export type DoorInput =
  | { readonly kind: 'grant'; readonly atMs: number; readonly unlockMs: number }
  | { readonly kind: 'tick'; readonly atMs: number }
  | { readonly kind: 'shutdown' };

/** What the relay has to do for it; null when it stays as it is. */
export interface DoorStep {
  readonly state: DoorLock;
  readonly relay: 'energise' | 'release' | null;
}

/** A door that nobody has opened. */
export const LOCKED: DoorLock = { lock: 'locked' };

/**
 * The next state of a door, with nothing done yet.
 *
 * A grant unlocks, or holds an unlocked door for longer, never shorter; the door relocks at its time, and always
 * at shutdown.
 */
export function stepDoor(state: DoorLock, input: DoorInput): DoorStep {
  switch (input.kind) {
    case 'grant': {
      const untilMs = input.atMs + input.unlockMs;
      if (state.lock === 'unlocked') {
        return { state: { lock: 'unlocked', untilMs: Math.max(untilMs, state.untilMs) }, relay: null };
      }
      return { state: { lock: 'unlocked', untilMs }, relay: 'energise' };
    }
    case 'tick':
      return state.lock === 'unlocked' && input.atMs >= state.untilMs
        ? { state: LOCKED, relay: 'release' }
        : { state, relay: null };
    case 'shutdown':
      return { state: LOCKED, relay: state.lock === 'unlocked' ? 'release' : null };
  }
}
