import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../system/paths';
import { readBenchOptions } from './bench-options';
import { readDoorBenchOptions } from './door/door-options';
import { isLinkSuite } from './link/link-options';
import { formatReport } from './table';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

/** `npm run bench`: measures, prints a table, and writes JSON where it was asked to. */
async function main(): Promise<number> {
  const [suite, ...args] = process.argv.slice(2);
  if (suite === 'door') return measureDoor(args);
  if (suite === 'store') return measureStore(args);
  if (isLinkSuite(suite)) return (await import('./link/main')).linkMain(process.argv.slice(2));
  return measureVision();
}

async function measureStore(args: readonly string[]): Promise<number> {
  const { runStoreBench } = await import('./store/store-bench');
  await runStoreBench(args, (line) => process.stdout.write(`${line}\n`));
  return 0;
}

async function measureDoor(args: readonly string[]): Promise<number> {
  let options;
  try {
    options = readDoorBenchOptions(args, process.env.INIT_CWD ?? process.cwd());
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT_USAGE;
  }
  const { installDemoMedia, installModels } = await import('@munjigi/face-core');
  await installModels();
  const { directory } = await installDemoMedia();
  const { formatDoorBench, runDoorBench } = await import('./door/door-bench');
  const report = await runDoorBench(options, directory, (line) => process.stderr.write(`${line}\n`));
  if (options.jsonFile) writeFileSync(options.jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(`\n${formatDoorBench(report).join('\n')}\n`);
  return 0;
}

async function measureVision(): Promise<number> {
  let options;
  try {
    // npm runs scripts in the repository's root and says here where it was typed.
    options = readBenchOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT_USAGE;
  }
  if (options.build) await buildLibrary();
  // Loaded only now: on a fresh machine the library did not exist before the build.
  const { installModels } = await import('@munjigi/face-core');
  await installModels();
  const { runVisionSuite } = await import('./vision/vision-suite');
  const startedAt = performance.now();
  const report = await runVisionSuite(options, (row) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  ${row}\n`);
  });
  if (options.jsonFile) writeFileSync(options.jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(`\n${formatReport(report).join('\n')}\n`);
  return 0;
}

function buildLibrary(): Promise<void> {
  const nx = join(REPOSITORY, 'node_modules/.bin/nx');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [nx, 'run', '@munjigi/face-core:build', '--output-style=static'], {
      cwd: REPOSITORY,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The library could not be built (${code}): npm run build tells why.`)),
    );
  });
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_FAILED);
  },
);
