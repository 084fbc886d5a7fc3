import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** How far something is. */
export interface Progress {
  readonly isSettled: boolean;
  /** Another one than before: it gets on. */
  readonly stand: object;
}

/** How long is waited, ms. */
export interface Patience {
  /** Without anything getting on; a machine that is busy with other things is slow, and no less right. */
  readonly standstillMs?: number;
  readonly pauseMs?: number;
}

/** Waits until it is settled, as long as it gets on. @throws with where it stands still, once it has for too long */
export async function untilSettled(
  ask: () => Promise<Progress>,
  { standstillMs = 60_000, pauseMs = 10 }: Patience = {},
): Promise<void> {
  let stand: object | undefined;
  let cause: unknown;
  let movedAtMs = performance.now();
  for (;;) {
    try {
      const now = await ask();
      if (now.isSettled) return;
      if (!isDeepStrictEqual(now.stand, stand)) movedAtMs = performance.now();
      stand = now.stand;
    } catch (error) {
      cause = error;
    }
    if (performance.now() - movedAtMs > standstillMs)
      throw new Error(`it stands still at ${JSON.stringify(stand)}`, { cause });
    await sleep(pauseMs);
  }
}
