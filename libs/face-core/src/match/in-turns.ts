import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work of one turn of the event loop. */
const TURN_MS = 4;

/**
 * Runs steps to their end, a few milliseconds of them in each turn of the event loop.
 *
 * The first step, too, waits for a turn of its own: else a queue of short works would be one long turn.
 */
export async function inTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (;;) {
    await nextTurn();
    const endsAtMs = performance.now() + TURN_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < endsAtMs);
  }
}
