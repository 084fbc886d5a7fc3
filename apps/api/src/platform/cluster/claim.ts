import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { EXIT_CODES, StartError } from '../errors/start-error';

/** Key of the lock that processes hold on a given database: one alone, or several that know of each other. */
const CLAIM_LOCK = 0x6d6e6a63;
/** The lock of a process that was killed is free as soon as the database has noticed. */
const CLAIM_WAIT_MS = 3_000;
const RETRY_MS = 200;
const RECLAIM_MS = 2_000;

/** A claim on a database, and how to give it up. */
export interface DatabaseClaim {
  readonly release: () => Promise<void>;
}

/**
 * Guarantees that two processes serve one database only when both were told so: sockets of one would not hear of what
 * happens in the other.
 *
 * @param clustered whether this process knows that there may be others
 * @throws {StartError} `server/not-clustered` when another process that must be alone is there, or this one must be
 */
export async function claimDatabase(
  url: string,
  clustered: boolean,
  report: (message: string, fields: Record<string, unknown>) => void,
): Promise<DatabaseClaim> {
  let released = false;
  let client = await claim(url, clustered);
  const watch = (watched: Client): void => {
    watched.once('end', () => void reclaim());
  };
  const reclaim = async (): Promise<void> => {
    while (!released) {
      await delay(RECLAIM_MS, undefined, { ref: false });
      if (released) return;
      try {
        client = await claim(url, clustered);
        if (released) return await client.end();
        watch(client);
        return;
      } catch (err) {
        report('the claim on the database could not be renewed, trying again', { err });
      }
    }
  };
  watch(client);
  return {
    release: async () => {
      released = true;
      await client.end().catch(() => undefined);
    },
  };
}

async function claim(url: string, clustered: boolean): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'munjigi claim', keepAlive: true });
  // A connection that breaks ends, and the end is what is acted upon.
  client.on('error', () => undefined);
  await client.connect();
  const lock = clustered ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
  const deadline = Date.now() + CLAIM_WAIT_MS;
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>(`SELECT ${lock}($1) AS mine`, [CLAIM_LOCK]);
    if (rows[0]?.mine) return client;
    if (Date.now() > deadline) {
      await client.end();
      throw new StartError(
        'server/not-clustered',
        'Another Munjigi server uses this database. Stop it; or, to run several behind a load balancer, start each ' +
          'of them with MUNJIGI_CLUSTER=true.',
        EXIT_CODES.configuration,
      );
    }
    await delay(RETRY_MS);
  }
}
