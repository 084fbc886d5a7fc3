import { FaceCoreError } from '../errors';
import { renderTable } from '../evaluate/report/table';
import { progressBar } from '../evaluate/runner/progress-bar';
import { parseOptions, USAGE } from './options';
import { riskTable } from './risk-table';
import { runCalibrate } from './run-calibrate';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const { made, notes } = await runCalibrate(options, (name) => progressBar(process.stderr, name));
  for (const note of notes) console.error(note);
  for (const { calibration, path } of made) {
    console.log(`${renderTable(riskTable(calibration))}\n`);
    console.log(`Written to ${path}`);
  }
}

// A reader such as `head` may leave before the tables end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main().catch((error: unknown) => {
  const known = error instanceof FaceCoreError;
  console.error(known ? `${error.code}: ${error.message}` : error);
  process.exitCode = known && error.code === 'calibration/usage' ? 64 : 1;
});
