import { Presets, SingleBar } from 'cli-progress';

/** Shows a person how far a long piece of work is. */
export interface ProgressBar {
  readonly update: (done: number, total: number) => void;
  /** Leaves the terminal clean. */
  readonly end: () => void;
}

/**
 * A bar with the time left on a terminal that can redraw; elsewhere a plain line for every tenth, so that logs stay
 * readable.
 */
export function progressBar(stream: NodeJS.WriteStream, name: string): ProgressBar {
  return stream.isTTY ? bar(stream, name) : lines(stream, name);
}

function bar(stream: NodeJS.WriteStream, name: string): ProgressBar {
  const format = `  ${name} [{bar}] {value} of {total}, {eta_formatted} left`;
  const shown = new SingleBar({ stream, format, hideCursor: true, etaBuffer: 50 }, Presets.rect);
  let started = false;
  return {
    update(done, total) {
      if (!started) shown.start(total, done);
      started = true;
      shown.update(done);
    },
    end: () => shown.stop(),
  };
}

function lines(stream: NodeJS.WriteStream, name: string): ProgressBar {
  const started = performance.now();
  let tenths = 0;
  return {
    update(done, total) {
      const reached = Math.floor((10 * done) / Math.max(1, total));
      if (reached <= tenths) return;
      tenths = reached;
      const left = ((performance.now() - started) / 1000 / done) * (total - done);
      stream.write(`${name}: ${done} of ${total}, ${left.toFixed(0)} s left\n`);
    },
    end: () => undefined,
  };
}
