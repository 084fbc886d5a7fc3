import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { loadConfig, type Config } from '../config';
import type { DatabaseTarget } from '../platform/database/data-source';
import { EmbeddedPostgres } from '../platform/database/embedded-postgres';
import { EXIT_CODES, StartError } from '../platform/errors/start-error';
import { makeBackup } from './backup';
import type { BackupManifest } from './manifest';
import { restoreBackup } from './restore';

const USAGE = `Usage:
  npm run backup -- FILE     writes everything that the database holds into one new file; the server may go on
  npm run restore -- FILE    fills an empty database with it; the server must not run

Both use the server's own configuration (MUNJIGI_DATA or DATABASE_URL). Keys are not in the file: keep the folder
keys of the data folder as well, apart from it.
`;
const DATABASE = 'munjigi';

/** The command's answer: 0 done, 69 not possible now, 70 our fault, 78 to be configured differently. */
export async function main(
  args: readonly string[],
  say = (text: string) => process.stdout.write(text),
): Promise<number> {
  const [verb, file, ...more] = args;
  if (
    (verb !== 'backup' && verb !== 'restore') ||
    file === undefined ||
    file.startsWith('-') ||
    more.length > 0
  ) {
    say(USAGE);
    return verb === '--help' || file === '--help' ? 0 : EXIT_CODES.configuration;
  }
  try {
    const path = resolve(file);
    const manifest = await withDatabase(loadConfig(), async (target, client) => {
      if (verb === 'restore') return restoreBackup(path, target, client);
      await refuseExisting(path);
      return (await makeBackup(client, path)).manifest;
    });
    say(`${summary(manifest)} ${verb === 'backup' ? `written to ${path}` : 'restored'}.\n`);
    return 0;
  } catch (error) {
    const told = error instanceof StartError ? error.message : ((error as Error).stack ?? String(error));
    process.stderr.write(`${told}\n`);
    return error instanceof StartError ? error.exitCode : EXIT_CODES.software;
  }
}

async function refuseExisting(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new StartError('backup/exists', `There is a file ${path} already. Choose another name.`);
}

async function withDatabase<T>(
  config: Config,
  work: (target: DatabaseTarget, client: Client) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl !== undefined) {
    return withClient(
      { url: config.databaseUrl },
      new Client({ connectionString: config.databaseUrl }),
      work,
    );
  }
  const postgres = await EmbeddedPostgres.start(config.dataDirectory);
  try {
    await postgres.ensureDatabase(DATABASE);
    const target = postgres.connection(DATABASE);
    return await withClient(target, new Client(target), work);
  } finally {
    if (!postgres.adopted) await postgres.stop();
  }
}

async function withClient<T>(
  target: DatabaseTarget,
  client: Client,
  work: (target: DatabaseTarget, client: Client) => Promise<T>,
): Promise<T> {
  await client.connect().catch((cause: Error) => {
    throw new StartError(
      'database/unreachable',
      `The database cannot be reached: ${cause.message}.`,
      undefined,
      cause,
    );
  });
  try {
    return await work(target, client);
  } finally {
    await client.end();
  }
}

function summary({ tables, madeAt }: BackupManifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${rows} rows of ${tables.length} tables as of ${madeAt}`;
}

if (require.main === module) {
  void main(process.argv.slice(2)).then((exitCode) => (process.exitCode = exitCode));
}
