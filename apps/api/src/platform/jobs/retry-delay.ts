const BASE_MS = 1_000;
const CAP_MS = 5 * 60_000;

/**
 * How long to wait after a failed attempt: uniform between 0 and a ceiling that doubles with every failure up to five
 * minutes (exponential back-off with full jitter).
 *
 * @param attempt the one that failed, from 1
 * @param random 0 inclusive to 1 exclusive
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  return Math.floor(random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 30)));
}
