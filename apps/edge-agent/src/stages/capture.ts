import type { CapturedFrame } from '../ports/frame-source';

/**
 * Holds the newest frame until somebody takes it: capacity one, an untaken frame is dropped for a newer one, and
 * counted. However slow the taker, what it gets is fresh.
 */
export class FrameMailbox {
  #frame: CapturedFrame | null = null;
  #waiting: ((frame: CapturedFrame | null) => void) | null = null;
  #dropped = 0;
  #isClosed = false;

  /** Frames that nobody took in time. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Puts a frame in; the mailbox takes over the caller's hold of it. */
  put(frame: CapturedFrame): void {
    if (this.#isClosed) {
      frame.release();
    } else if (this.#waiting) {
      const hand = this.#waiting;
      this.#waiting = null;
      hand(frame);
    } else {
      if (this.#frame) {
        this.#frame.release();
        this.#dropped += 1;
      }
      this.#frame = frame;
    }
  }

  /**
   * Takes the newest frame, waiting for one if need be. One taker at a time.
   *
   * @returns the frame, whose hold is now the taker's; null once the mailbox is closed.
   */
  take(): Promise<CapturedFrame | null> {
    const frame = this.#frame;
    this.#frame = null;
    if (frame || this.#isClosed) return Promise.resolve(frame);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Lets go of what is held, and of whoever waits. */
  close(): void {
    this.#isClosed = true;
    this.#frame?.release();
    this.#frame = null;
    this.#waiting?.(null);
    this.#waiting = null;
  }
}
