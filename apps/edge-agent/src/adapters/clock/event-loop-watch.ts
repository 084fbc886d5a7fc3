import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const NS_PER_MS = 1e6;

/** Measures for how long the event loop does not come round, beyond what its own timer waits. */
export class EventLoopWatch {
  readonly #delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  start(): void {
    this.#delays.enable();
  }

  stop(): void {
    this.#delays.disable();
  }

  /** The stall that this share of all turns since the start does not exceed, ms. @param share above 0, up to 1 */
  stallMs(share: number): number {
    if (this.#delays.count === 0) return 0;
    return Math.max(0, this.#delays.percentile(share * 100) / NS_PER_MS - RESOLUTION_MS);
  }
}
