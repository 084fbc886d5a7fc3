import type { Logger } from 'pino';
import type { Clock } from '../ports/clock';

/** What a watch works with. */
export interface ClockWatchOptions {
  readonly clock: Clock;
  /** The wall clock jumped, forward by so many ms; less than 0: back. */
  readonly onStep: (byMs: number) => void;
  readonly log: Logger;
  /** Default a second. */
  readonly lookEveryMs?: number;
}

/** Less is what keeps a clock right by and by, or the pause between two readings. */
const STEP_MIN_MS = 500;
const LOOK_EVERY_MS = 1_000;

/** Holds the wall clock against the one that never jumps, and tells of every step. */
export class ClockWatch {
  readonly #options: ClockWatchOptions;
  #aheadMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ClockWatchOptions) {
    this.#options = options;
    this.#aheadMs = this.#readAheadMs();
  }

  /** Begins to look at intervals. */
  start(): void {
    this.#timer = setInterval(() => this.look(), this.#options.lookEveryMs ?? LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Looks now. */
  look(): void {
    const { onStep, log } = this.#options;
    const aheadMs = this.#readAheadMs();
    const byMs = Math.round(aheadMs - this.#aheadMs);
    // Followed also where it is slow, so that many small corrections never count as one step.
    this.#aheadMs = aheadMs;
    if (Math.abs(byMs) < STEP_MIN_MS) return;
    log.warn({ byMs }, 'the clock of this computer was set');
    onStep(byMs);
  }

  #readAheadMs(): number {
    const { clock } = this.#options;
    return clock.wallMs() - clock.monotonicMs();
  }
}
