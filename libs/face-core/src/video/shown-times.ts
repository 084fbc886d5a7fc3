/**
 * The time of each frame, read from what ffmpeg's `showinfo` filter says on stderr.
 *
 * Text and pictures come through two pipes, so either may be ahead.
 */
export class ShownTimes {
  readonly #timesMs: (number | null)[] = [];
  #rest = '';
  #isOver = false;
  #wake: (() => void) | null = null;

  /** Takes more of the text, cut anywhere. */
  push(text: string): void {
    const lines = (this.#rest + text).split(/[\r\n]+/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      // Counted by us: its own numbers begin again when the size of the pictures changes.
      const [, seconds] = /\] n: *\d+ pts: *\S+ pts_time: *(\S+)/.exec(line) ?? [];
      if (seconds !== undefined)
        this.#timesMs.push(Number.isFinite(Number(seconds)) ? Number(seconds) * 1000 : null);
    }
    this.#wake?.();
  }

  /** No more text will come. */
  end(): void {
    this.#isOver = true;
    this.#wake?.();
  }

  /** Waits for the time of a frame, counted from 0; null when ffmpeg does not know it. One waiter at a time. */
  async at(index: number): Promise<number | null> {
    while (this.#timesMs.length <= index && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
    return this.#timesMs[index] ?? null;
  }
}
