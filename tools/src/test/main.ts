import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from '../start/build';
import { share, Terminal } from '../start/terminal';
import { ARTIFACTS, REPOSITORY } from '../system/paths';
import { addTallies, formatTally, readJestTally, readPlaywrightTally } from './tally';

const JEST_REPORT = join(ARTIFACTS, 'jest.json');
const PLAYWRIGHT_REPORT = join(ARTIFACTS, 'e2e', 'report.json');

/** `npm test`: sets up what is missing, then runs every test of every project and the journeys in a real browser. */
async function main(): Promise<number> {
  const terminal = new Terminal();
  mkdirSync(ARTIFACTS, { recursive: true });
  for (const report of [JEST_REPORT, PLAYWRIGHT_REPORT]) rmSync(report, { force: true });
  await terminal.step('Build', (progress) => buildAll(join(ARTIFACTS, 'build.log'), progress));
  const { installDemoMedia, installModels } = await import('@munjigi/face-core');
  await terminal.step('Models', (progress) => installModels({ onProgress: share(progress) }));
  await terminal.step('Demo videos', (progress) => installDemoMedia({ onProgress: share(progress) }));

  const jestOk = await node(REPOSITORY, 'node_modules/.bin/jest', [
    '--maxWorkers=3',
    '--json',
    `--outputFile=${JEST_REPORT}`,
  ]);
  const playwrightOk = await node(join(REPOSITORY, 'apps/e2e'), 'node_modules/.bin/playwright', ['test']);

  const tally = addTallies([readJestTally(JEST_REPORT), readPlaywrightTally(PLAYWRIGHT_REPORT)]);
  terminal.line();
  terminal.line(formatTally(tally));
  return jestOk && playwrightOk && tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

/** Runs a program of a package; true when it ended well. */
function node(cwd: string, program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(REPOSITORY, program), ...args], {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
