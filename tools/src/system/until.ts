import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until the answer is truthy, and gives that answer.
 *
 * @param what what is waited for, in words, for the message
 * @throws when `timeoutMs` has passed, with the last error as its cause
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  {
    timeoutMs = 30_000,
    pauseMs = 100,
    signal,
  }: { timeoutMs?: number; pauseMs?: number; signal?: AbortSignal } = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    signal?.throwIfAborted();
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      cause = error;
    }
    await delay(pauseMs, undefined, { signal });
  } while (performance.now() < deadline);
  throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s for ${what}, in vain.`, { cause });
}
