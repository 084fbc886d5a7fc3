import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LoadFolder } from '../../load/load-folder';
import { LoadServer } from '../../load/load-server';
import { seedDatabase } from '../../seed/seed-database';
import { API_MAIN } from '../../system/paths';
import { describeMachine } from '../machine';
import { measureExport } from './export-figures';

const EVENTS_DEFAULT = '1000000';
const DAY_MS = 86_400_000;
const EXIT_FAILED = 1;
/** What the server's memory may grow by while it makes any report, MiB. */
const GROWTH_MAX = 100;

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * `npm run bench:reports -- [--events N]`: takes all events out of a server as CSV and as XLSX; exits with 1 when its
 * memory has grown by more than it may.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { events: { type: 'string', default: EVENTS_DEFAULT } } });
  if (!existsSync(API_MAIN)) throw new Error('The server is not built: npm run build.');
  const events = Number(values.events);
  const untilMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const content = { sites: 10, doors: 100, people: 10_000, events, months: 12, untilMs, seed: 1 };
  const folder = await LoadFolder.make();
  let grown = 0;
  try {
    const server = await LoadServer.start(folder);
    try {
      await seedDatabase(content, server.database, say);
      process.stdout.write(`${JSON.stringify(describeMachine())}\n`);
      for (const format of ['csv', 'xlsx'] as const) {
        const figures = await measureExport(server, format);
        process.stdout.write(`${JSON.stringify({ rows: events, ...figures })}\n`);
        grown = Math.max(grown, figures.rssPeak - figures.rssBefore);
      }
    } finally {
      await server.stop();
    }
  } finally {
    await folder.close();
  }
  return grown > GROWTH_MAX ? EXIT_FAILED : 0;
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_FAILED);
  },
);
