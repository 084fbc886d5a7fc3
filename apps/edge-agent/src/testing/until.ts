import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `probe` gives a truthy value. @returns that value @throws when it does not in time. */
export async function until<T>(
  probe: () => T | Promise<T>,
  options: { timeoutMs?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const deadlineMs = performance.now() + (options.timeoutMs ?? 15_000);
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (performance.now() > deadlineMs)
      throw new Error(`Timed out waiting for ${options.what ?? 'a condition'}.`);
    await sleep(5);
  }
}
