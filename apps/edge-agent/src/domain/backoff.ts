/** Bounds of a back-off, in ms, and where its randomness comes from (0 inclusive to 1 exclusive). */
export interface BackoffOptions {
  readonly baseMs: number;
  readonly capMs: number;
  readonly random?: () => number;
}

/**
 * Spreads retries: each delay is uniform between 0 and a ceiling that doubles with every failure up to `capMs`
 * (exponential back-off with full jitter), so that many doors never knock at a recovering server together.
 *
 * The owner calls `reset` on success; the next failure then starts from `baseMs` again.
 */
export class Backoff {
  readonly #options: Required<BackoffOptions>;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = { random: Math.random, ...options };
  }

  /** How many failures in a row there were. */
  get failures(): number {
    return this.#failures;
  }

  /** Counts a failure. @returns ms to wait before the next try, 0 to `capMs`. */
  nextDelayMs(): number {
    const { baseMs, capMs, random } = this.#options;
    const ceilingMs = Math.min(capMs, baseMs * 2 ** Math.min(this.#failures, 40));
    this.#failures += 1;
    return Math.floor(random() * ceilingMs);
  }

  /** Forgets the failures. */
  reset(): void {
    this.#failures = 0;
  }
}
