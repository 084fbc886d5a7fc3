/** How long the ceiling of the wait is after the first failure, and at most; ms. */
export interface RetryBounds {
  readonly baseMs: number;
  readonly capMs: number;
}

const JOBS: RetryBounds = { baseMs: 1_000, capMs: 5 * 60_000 };

/**
 * How long to wait after a failed attempt: uniform between 0 and a ceiling that doubles with every failure up to a cap,
 * five minutes unless given (exponential back-off with full jitter).
 *
 * @param attempt the one that failed, from 1
 * @param random 0 inclusive to 1 exclusive
 */
export function retryDelayMs(
  attempt: number,
  random: () => number = Math.random,
  { baseMs, capMs }: RetryBounds = JOBS,
): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 30)));
}
