/** Measures how often something happened, over the last seconds. */
export class RateMeter {
  readonly #windowMs: number;
  #times: number[] = [];

  constructor(windowMs = 3000) {
    this.#windowMs = windowMs;
  }

  /** Counts one at this time of a monotonic clock, ms. */
  count(atMs: number): void {
    this.#times.push(atMs);
    this.#trim(atMs);
  }

  /** @returns times a second, to a tenth; 0 before two were counted. */
  perSecond(atMs: number): number {
    this.#trim(atMs);
    const first = this.#times[0];
    const last = this.#times.at(-1);
    if (first === undefined || last === undefined || last === first) return 0;
    return Math.round(((this.#times.length - 1) * 10_000) / (last - first)) / 10;
  }

  #trim(atMs: number): void {
    const from = this.#times.findIndex((time) => atMs - time <= this.#windowMs);
    this.#times = from === -1 ? [] : this.#times.slice(from);
  }
}
