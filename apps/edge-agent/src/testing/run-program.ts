import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A program of ours that runs in a process of its own. */
export interface RunningProgram {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** What it printed so far, both streams, as lines that were JSON. */
  readonly lines: Record<string, unknown>[];
  readonly stderr: () => string;
  /** Kills it as loss of power would. @returns once it is gone. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs a TypeScript file of this package, from source, with nothing built before. */
export function runProgram(
  file: string,
  options: { args?: string[]; env?: Record<string, string> } = {},
): RunningProgram {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, '..', file), ...(options.args ?? [])],
    {
      cwd: __dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        ...options.env,
        TSX_TSCONFIG_PATH: join(__dirname, 'tsconfig.run.json'),
      },
    },
  );
  const lines: Record<string, unknown>[] = [];
  let rest = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith('{')) lines.push(JSON.parse(part) as Record<string, unknown>);
    }
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    child,
    lines,
    stderr: () => stderr,
    async kill(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'close');
      }
      return child.exitCode;
    },
  };
}
