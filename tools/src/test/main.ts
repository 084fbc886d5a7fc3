import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from '../start/build';
import { share, Terminal } from '../start/terminal';
import { ARTIFACTS, REPOSITORY } from '../system/paths';
import { LaterOutput } from './later-output';
import { addTallies, formatTally, readJestTally, readPlaywrightTally } from './tally';

const JEST_REPORT = join(ARTIFACTS, 'jest.json');
const PLAYWRIGHT_REPORT = join(ARTIFACTS, 'e2e', 'report.json');

/** Two cores are enough for these and one journey: whoever waits lets another on. */
const JEST_WORKERS = 2;

/** `npm test`: sets up what is missing, then runs every test of every project and the journeys in a real browser. */
async function main(): Promise<number> {
  const terminal = new Terminal();
  mkdirSync(ARTIFACTS, { recursive: true });
  for (const report of [JEST_REPORT, PLAYWRIGHT_REPORT]) rmSync(report, { force: true });
  await terminal.step('Build', (progress) => buildAll(join(ARTIFACTS, 'build.log'), progress));
  const { installDemoMedia, installModels } = await import('@munjigi/face-core');
  await terminal.step('Models', (progress) => installModels({ onProgress: share(progress) }));
  await terminal.step('Demo videos', (progress) => installDemoMedia({ onProgress: share(progress) }));

  // The journeys wait for videos and pages much of the time: the tests of the parts run meanwhile, and are told first.
  const journeys = new LaterOutput();
  const [jestOk, playwrightOk] = await Promise.all([
    node(REPOSITORY, 'node_modules/.bin/jest', [
      `--maxWorkers=${JEST_WORKERS}`,
      '--json',
      `--outputFile=${JEST_REPORT}`,
    ]).finally(() => journeys.show(process.stdout)),
    node(join(REPOSITORY, 'apps/e2e'), 'node_modules/.bin/playwright', ['test'], {
      output: journeys,
      // A second build would put files anew under the tests that run them.
      env: { MUNJIGI_BUILD: 'false' },
    }),
  ]);

  const tally = addTallies([readJestTally(JEST_REPORT), readPlaywrightTally(PLAYWRIGHT_REPORT)]);
  terminal.line();
  terminal.line(formatTally(tally));
  return jestOk && playwrightOk && tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

/** What a program has beside its arguments. */
interface ProgramOptions {
  /** Where it speaks, else on the terminal. */
  readonly output?: NodeJS.WritableStream;
  /** Beside what is there. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program of a package; true when it ended well. */
function node(
  cwd: string,
  program: string,
  args: readonly string[],
  { output, env }: ProgramOptions = {},
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const stdio = output ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, [join(REPOSITORY, program), ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdio, stdio],
    });
    if (output) for (const stream of [child.stdout, child.stderr]) stream?.pipe(output, { end: false });
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
