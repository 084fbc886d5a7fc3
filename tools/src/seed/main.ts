import { Client } from 'pg';
import { seedDatabase } from './seed-database';
import { readSeedOptions } from './seed-options';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

/** `npm run seed`: fills an empty database with a made-up organisation and its events. */
async function main(): Promise<number> {
  let options;
  try {
    options = readSeedOptions(process.argv.slice(2), Date.now());
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT_USAGE;
  }
  const client = new Client({ connectionString: options.databaseUrl, application_name: 'munjigi seed' });
  await client.connect();
  try {
    const { events, seconds } = await seedDatabase(options, client, (line) =>
      process.stderr.write(`${line}\n`),
    );
    process.stdout.write(
      `Seeded in ${seconds.toFixed(0)} s, ${Math.round(events / seconds)} events a second.\n`,
    );
  } finally {
    await client.end();
  }
  return 0;
}

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT_FAILED);
  },
);
