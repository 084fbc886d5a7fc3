import { existsSync, writeFileSync } from 'node:fs';
import { AGENT_MAIN, API_MAIN } from '../system/paths';
import { readSoakOptions } from './soak-options';
import { formatSoakReport, shortcomings } from './soak-report';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

/** `npm run soak`: two doors and a server to which everything happens; exits with 1 when an event is lost or doubled. */
async function main(): Promise<number> {
  let options;
  try {
    options = readSoakOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT_USAGE;
  }
  for (const program of [API_MAIN, AGENT_MAIN])
    if (!existsSync(program)) throw new Error(`${program} is not built: npm run build.`);
  // Loaded only now: on a fresh machine the library did not exist before the build.
  const { installDemoMedia, installModels } = await import('@munjigi/face-core');
  await installModels();
  const { directory } = await installDemoMedia();
  const { runSoak } = await import('./soak-run');
  const startedAt = performance.now();
  process.stderr.write(`Seed ${options.seed}\n`);
  const report = await runSoak(options, directory, (line) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(5);
    process.stderr.write(`${seconds} s  ${line}\n`);
  });
  if (options.jsonFile) writeFileSync(options.jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(`\n${formatSoakReport(report).join('\n')}\n`);
  return shortcomings(report).length === 0 ? 0 : EXIT_FAILED;
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(EXIT_FAILED);
  },
);
