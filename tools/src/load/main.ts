import { existsSync, writeFileSync } from 'node:fs';
import { API_MAIN } from '../system/paths';
import { readLoadOptions } from './load-options';
import { formatLoadReport, shortcomings } from './load-report';
import { runLoad } from './load-run';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

/** `npm run load`: measures a server under a thousand doors; exits with 1 when events are lost or a target is missed. */
async function main(): Promise<number> {
  let options;
  try {
    options = readLoadOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT_USAGE;
  }
  if (!existsSync(API_MAIN)) throw new Error('The server is not built: npm run build.');
  const startedAt = performance.now();
  const report = await runLoad(options, (line) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  ${line}\n`);
  });
  if (options.jsonFile) writeFileSync(options.jsonFile, `${JSON.stringify(report, undefined, 2)}\n`);
  process.stdout.write(`\n${formatLoadReport(report).join('\n')}\n`);
  return shortcomings(report).length === 0 ? 0 : EXIT_FAILED;
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_FAILED);
  },
);
