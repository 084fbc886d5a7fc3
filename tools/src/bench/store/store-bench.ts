import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { REPOSITORY } from '../../system/paths';

const AGENT = join(REPOSITORY, 'apps/edge-agent/src/testing');

/** One figure of a door's store; `processor` is the processor time of the same. */
interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly value: number;
  readonly processor?: number | null;
}

/**
 * Runs the agent's own measurement of its store, and hands each figure over as a line.
 *
 * @param args `--events N`, `--pictures N`, `--people N`, `--in FOLDER`
 * @throws when it fails
 */
export async function runStoreBench(args: readonly string[], print: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(AGENT, 'measure-store.ts'), ...args], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(AGENT, 'tsconfig.run.json') },
  });
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) print(formatFigure(JSON.parse(line) as Figure));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The store could not be measured (${code}).`);
}

function formatFigure({ what, unit, value, processor }: Figure): string {
  const used = typeof processor === 'number' ? `, of these ${processor} ${unit} of processor` : '';
  return `${what.padEnd(44)} ${String(value).padStart(8)} ${unit}${used}`;
}
