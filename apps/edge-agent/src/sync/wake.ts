/** A bell: whoever waits wakes when it rings, and a ring before the wait is not lost. */
export class Wake {
  #isRung = false;
  #waiting = new Set<() => void>();

  /** Wakes whoever waits, or else the next one who would. */
  ring(): void {
    this.#isRung = true;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Waits for a ring, until the time is over or the signal aborts. Never rejects. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          this.#waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        signal.addEventListener('abort', done);
        this.#waiting.add(done);
      });
    }
    this.#isRung = false;
  }
}
