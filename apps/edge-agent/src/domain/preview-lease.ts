/**
 * Whether somebody is watching, and whether the next picture is due: never more often than asked, and not a moment
 * longer than the lease. All time is the monotonic clock's.
 */
export class PreviewLease {
  #untilMs = Number.NEGATIVE_INFINITY;
  #intervalMs = Number.POSITIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** Begins, renews or (with 0) ends the lease. */
  renew(lease: { leaseMs: number; framesPerSecondMax: number }, atMs: number): void {
    this.#untilMs = atMs + lease.leaseMs;
    this.#intervalMs = 1000 / lease.framesPerSecondMax;
  }

  /** Ends the lease. */
  end(): void {
    this.#untilMs = Number.NEGATIVE_INFINITY;
  }

  /** Whether a picture is due now; if so, it counts as sent. */
  takeTurn(atMs: number): boolean {
    // A frame that comes a little early would otherwise cost a whole interval.
    if (atMs >= this.#untilMs || atMs - this.#lastMs < this.#intervalMs * 0.9) return false;
    this.#lastMs = atMs;
    return true;
  }
}
