import { writeFile } from 'node:fs/promises';

import { runCommand } from '../run-command';
import { parseOptions, USAGE } from './options';
import { reportHtml } from './report/html';
import { reportJson } from './report/report';
import { renderTable } from './report/table';
import { runProtocol } from './run-protocol';
import { progressBar } from './runner/progress-bar';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help || options.protocol === undefined) {
    (options.help ? console.log : console.error)(USAGE);
    return options.help ? 0 : 64;
  }
  const report = await runProtocol(options, (name) => progressBar(process.stderr, name));
  for (const note of report.notes) console.error(note);
  console.log(report.tables.map(renderTable).join('\n\n'));
  if (options.json !== undefined) await writeFile(options.json, reportJson(report));
  // Faces are in it: for its owner alone.
  if (options.html !== undefined) await writeFile(options.html, await reportHtml(report), { mode: 0o600 });
  return 0;
}

runCommand(main);
