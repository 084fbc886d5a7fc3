import { MultiBar, Presets, type SingleBar } from 'cli-progress';

import type { InstallProgress } from './progress';

/** Shows an installation to a person. */
export interface ProgressReport {
  show(progress: InstallProgress): void;
  /** Leaves the terminal clean. */
  end(): void;
}

/** Bars on a terminal that can redraw; elsewhere one plain line for each step, so that logs stay readable. */
export function progressReport(stream: NodeJS.WriteStream): ProgressReport {
  return stream.isTTY ? bars(stream) : lines(stream);
}

function bars(stream: NodeJS.WriteStream): ProgressReport {
  const multibar = new MultiBar(
    { stream, format: '  {name} [{bar}] {percentage} %', hideCursor: true, linewrap: false },
    Presets.rect,
  );
  const known = new Map<string, SingleBar>();
  return {
    show({ name, step, done, total }) {
      if (step !== 'fetch') return;
      const bar = known.get(name) ?? multibar.create(total, 0, { name });
      known.set(name, bar);
      bar.update(Math.min(done, total));
    },
    end: () => multibar.stop(),
  };
}

function lines(stream: NodeJS.WriteStream): ProgressReport {
  const said = new Set<string>();
  return {
    show({ name, step, total }) {
      const line = {
        fetch: `Fetching ${name} (${(total / 1_000_000).toFixed(1)} MB)`,
        convert: `Converting ${name}`,
        ready: `Ready: ${name}`,
      }[step];
      if (said.has(line)) return;
      said.add(line);
      stream.write(`${line}\n`);
    },
    end: () => undefined,
  };
}
