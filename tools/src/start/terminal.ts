import { SingleBar } from 'cli-progress';

const LABEL_WIDTH = 26;

/** What a step that takes time tells its bar. */
export interface Progress {
  /** @param done from 0 to `total` */
  (done: number, total: number): void;
}

/** Shows a file's progress on the bar of the step that it belongs to, as far as its size is known. */
export function share(progress: Progress): (file: { done: number; total: number }) => void {
  return ({ done, total }) => {
    if (total > 0) progress(done, total);
  };
}

/** The terminal of the person who typed `npm start`: one line a step, a bar for what takes time, no logs. */
export class Terminal {
  private readonly interactive = process.stdout.isTTY;
  private bar: SingleBar | undefined;

  /** Prints one line; a bar that is being drawn gives way. */
  line(text = ''): void {
    process.stdout.write(`${text}\n`);
  }

  /** Runs one step and shows how far it has come. */
  async step<T>(label: string, run: (progress: Progress) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    if (!this.interactive) {
      const result = await run(() => undefined);
      this.line(`${label.padEnd(LABEL_WIDTH)} done in ${seconds()}`);
      return result;
    }
    const bar = new SingleBar({
      format: `${label.padEnd(LABEL_WIDTH)} {bar} {percentage} %  {seconds}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 30,
      hideCursor: true,
      clearOnComplete: false,
      emptyOnZero: true,
    });
    this.bar = bar;
    bar.start(100, 0, { seconds: seconds() });
    const clock = setInterval(() => bar.update({ seconds: seconds() }), 200);
    try {
      const result = await run((done, total) =>
        bar.update(Math.floor((100 * done) / total), { seconds: seconds() }),
      );
      bar.update(100, { seconds: seconds() });
      return result;
    } finally {
      clearInterval(clock);
      bar.stop();
      this.bar = undefined;
    }
  }

  /** Ends a bar that is being drawn, so that what is printed next stands on its own line. */
  close(): void {
    this.bar?.stop();
  }

  /** Prints a framed summary. */
  box(lines: readonly string[]): void {
    const width = Math.max(...lines.map((line) => [...line].length));
    this.line(`┌${'─'.repeat(width + 4)}┐`);
    for (const line of lines) this.line(`│  ${line}${' '.repeat(width - [...line].length)}  │`);
    this.line(`└${'─'.repeat(width + 4)}┘`);
  }
}
