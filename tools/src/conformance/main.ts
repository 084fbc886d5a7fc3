import { existsSync } from 'node:fs';
import { API_MAIN } from '../system/paths';
import { formatTally } from '../test/tally';
import { BAD_LINK, runBadLink } from './bad-link-run';
import { readConformanceOptions } from './conformance-options';
import { runConformance } from './conformance-run';
import { seedsOf, tell } from './script';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

/** `npm run conformance`: plays random scripts of faults between a real door and a real server; 1 when one fails. */
async function main(): Promise<number> {
  let options;
  try {
    options = readConformanceOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT_USAGE;
  }
  if (!existsSync(API_MAIN)) throw new Error('The server is not built: npm run build.');
  if (options.badLink) {
    process.stdout.write(`${JSON.stringify({ ...BAD_LINK, ...(await runBadLink()) }, undefined, 2)}\n`);
    return 0;
  }
  const { count, seed, replay, workers } = options;
  const seeds = replay === undefined ? seedsOf(seed, count) : [replay];
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(replay === undefined ? `${count} scripts, --seed ${seed}` : `The script --replay ${replay}`);
  const startedAt = performance.now();
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const took: number[] = [];
  await runConformance({
    ...{ seeds, workers },
    onOrdinaryDisk: () => say('No disk can be made small here: none is filled.'),
    onOutcome: ({ script, violations, tookMs }) => {
      took.push(tookMs);
      const isFailed = violations.length > 0;
      tally[isFailed ? 'failed' : 'passed']++;
      if (isFailed) say(`\nFailed, and played again by npm run conformance -- --replay ${script.seed}:`);
      for (const violation of violations) say(`  ${violation}`);
      if (isFailed || replay !== undefined) for (const step of script.steps) say(`    ${tell(step)}`);
    },
  });
  const left = seeds.length - took.length;
  if (left > 0) say(`\n${left} scripts were not played, as so many failed.`);
  const seconds = (performance.now() - startedAt) / 1000;
  const median = took.sort((one, other) => one - other)[Math.floor(took.length / 2)] ?? 0;
  say(`\n${seconds.toFixed(0)} s; a script took ${(median / 1000).toFixed(1)} s in the middle`);
  say(formatTally(tally));
  return tally.failed === 0 ? 0 : EXIT_FAILED;
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_FAILED);
  },
);
