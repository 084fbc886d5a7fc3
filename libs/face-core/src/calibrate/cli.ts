import { renderTable } from '../evaluate/report/table';
import { progressBar } from '../evaluate/runner/progress-bar';
import { runCommand } from '../run-command';
import { parseOptions, USAGE } from './options';
import { riskTable } from './risk-table';
import { runCalibrate } from './run-calibrate';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const { made, notes } = await runCalibrate(options, (name) => progressBar(process.stderr, name));
  for (const note of notes) console.error(note);
  for (const { calibration, path } of made) {
    console.log(`${renderTable(riskTable(calibration))}\n`);
    console.log(`Written to ${path}`);
  }
  return 0;
}

runCommand(main);
