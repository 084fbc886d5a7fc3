import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { claimDatabase } from '../cluster/claim';
import { EXIT_CODES, StartError } from '../errors/start-error';
import { createDataSource, type DatabaseTarget } from './data-source';
import { isDatabaseUnavailable } from './database-errors';
import { EmbeddedPostgres } from './embedded-postgres';

const DATABASE = 'munjigi';
const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 5_000;
/** Key of the lock that says a server uses the embedded database. */
const OWNER_LOCK = 0x6d6e6a6f;
/** The lock of a server that was killed is free as soon as the database has noticed. */
const OWNER_WAIT_MS = 3_000;
const SUPERVISE_MS = 2_000;

/** A connected database, and how to let go of it. */
export interface OpenDatabase {
  /** With the rights of the user that connects, until {@link workAs}. */
  readonly dataSource: DataSource;
  /** Connects anew with the rights of a role, and ends the connections that were there. @returns the new `dataSource` */
  readonly workAs: (role: string) => Promise<DataSource>;
  /** Disconnects, and stops the embedded server if there is one. */
  readonly close: () => Promise<void>;
}

/** What is told while a database is opened and kept. */
export type DatabaseReport = (message: string, fields: Record<string, unknown>) => void;

/** Which database, and how long to wait for one that is down. */
export interface OpenDatabaseOptions {
  readonly databaseUrl?: string;
  /** Whether other processes may serve the same database. */
  readonly clustered?: boolean;
  readonly dataDirectory: string;
  readonly entities: DataSourceOptions['entities'];
  readonly waitMs?: number;
  readonly report: DatabaseReport;
}

/**
 * Connects to the database that is configured, or starts the embedded one.
 *
 * @throws {StartError} `database/…` when it cannot be reached in time or does not let us in; `data/in-use` when another
 *   server runs on the same data folder.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  if (options.databaseUrl !== undefined) {
    const dataSource = await connect({ url: options.databaseUrl }, options);
    return claimed(dataSource, options.databaseUrl, options);
  }
  const postgres = await EmbeddedPostgres.start(options.dataDirectory);
  let owner: Client | undefined;
  try {
    owner = await claimOwnership(postgres, options.dataDirectory);
    await postgres.ensureDatabase(DATABASE);
    const target = postgres.connection(DATABASE);
    const dataSource = await connect(target, options);
    return working(target, dataSource, options, keep(postgres, owner, options.report));
  } catch (error) {
    await owner?.end().catch(() => undefined);
    // Another server's database is not ours to stop.
    if (!(error instanceof StartError && error.code === 'data/in-use')) await postgres.stop();
    throw error;
  }
}

/** A given database, with the claim that says who else may serve it. */
async function claimed(
  dataSource: DataSource,
  url: string,
  options: OpenDatabaseOptions,
): Promise<OpenDatabase> {
  const { clustered = false, report } = options;
  try {
    const { release } = await claimDatabase(url, clustered, report);
    return working({ url }, dataSource, options, { rest: () => Promise.resolve(), release });
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

async function connect(target: DatabaseTarget, options: OpenDatabaseOptions): Promise<DataSource> {
  const deadline = Date.now() + (options.waitMs ?? 30_000);
  for (let waitMs = RETRY_FIRST_MS; ; waitMs = Math.min(waitMs * 2, RETRY_MAX_MS)) {
    const dataSource = createDataSource(target, options.entities);
    try {
      return await dataSource.initialize();
    } catch (error) {
      const reason = (error as Error).message || String((error as { code?: unknown }).code);
      if (!isDatabaseUnavailable(error)) {
        throw new StartError(
          'database/refused',
          `The database refused the connection: ${reason}. Check the user, password and name in DATABASE_URL.`,
          EXIT_CODES.configuration,
          error,
        );
      }
      if (Date.now() + waitMs > deadline) {
        throw new StartError(
          'database/unreachable',
          `The database cannot be reached: ${reason}. Start it, or correct DATABASE_URL.`,
          EXIT_CODES.unavailable,
          error,
        );
      }
      options.report('database cannot be reached, trying again', { reason, waitMs });
      await delay(waitMs);
    }
  }
}

/** One server a data folder: a second one would take the database away from the first when it stops. */
async function claimOwnership(postgres: EmbeddedPostgres, dataDirectory: string): Promise<Client> {
  const client = new Client(postgres.connection('postgres'));
  client.on('error', () => undefined);
  await client.connect();
  const deadline = Date.now() + OWNER_WAIT_MS;
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [
      OWNER_LOCK,
    ]);
    if (rows[0]?.mine) return client;
    if (Date.now() > deadline) {
      await client.end();
      throw new StartError(
        'data/in-use',
        `Another Munjigi server runs on the data folder ${dataDirectory}. Stop it, or set MUNJIGI_DATA to another folder.`,
      );
    }
    await delay(200);
  }
}

/** What goes on beside the connections. */
interface Keeping {
  /** Ends what would connect again. */
  readonly rest: () => Promise<void>;
  /** Lets go of the database, when no connection is left. */
  readonly release: () => Promise<void>;
}

function working(
  target: DatabaseTarget,
  first: DataSource,
  { entities }: OpenDatabaseOptions,
  { rest, release }: Keeping,
): OpenDatabase {
  let current = first;
  return {
    get dataSource() {
      return current;
    },
    workAs: async (role) => {
      const next = await createDataSource(target, entities, undefined, role).initialize();
      await current.destroy();
      current = next;
      return next;
    },
    close: async () => {
      await rest();
      await current.destroy();
      await release();
    },
  };
}

/** Starts an embedded server that has died again, for as long as this one runs. */
function keep(postgres: EmbeddedPostgres, owner: Client, report: DatabaseReport): Keeping {
  let current = owner;
  let closed = false;
  let restoring: Promise<void> | undefined;
  const restore = async () => {
    report('embedded database has gone, starting it again', {});
    await postgres.ensureRunning();
    current = await claimOwnership(postgres, '');
    current.on('end', () => (ended = true));
    ended = false;
  };
  let ended = false;
  owner.on('end', () => (ended = true));
  const timer = setInterval(() => {
    if (!ended || closed || restoring) return;
    restoring = restore()
      .catch((error: unknown) => report('embedded database could not be started', { err: error }))
      .finally(() => (restoring = undefined));
  }, SUPERVISE_MS);
  timer.unref();
  return {
    rest: async () => {
      closed = true;
      clearInterval(timer);
      await restoring;
    },
    release: async () => {
      await current.end().catch(() => undefined);
      await postgres.stop();
    },
  };
}
