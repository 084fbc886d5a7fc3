import { Client } from 'pg';
import type { ConnectionOptions } from '../platform/database/embedded-postgres';
import { newId } from '../platform/database/uuid';

/** A database with the current schema and nothing else, which the tests' databases are copies of. */
export const TEMPLATE_DATABASE = 'munjigi_template';

/** Set by the global set-up: where the tests' PostgreSQL is. */
const WHERE = 'MUNJIGI_TEST_POSTGRES';

/** Lets the test files know where PostgreSQL is. */
export function publishPostgres(line: string): void {
  process.env[WHERE] = line;
}

/** A database of one test file. */
export interface TestDatabase {
  readonly url: string;
  readonly connection: ConnectionOptions;
  readonly drop: () => Promise<void>;
}

/** Makes a database with the current schema, of real PostgreSQL. */
export async function createTestDatabase(template = TEMPLATE_DATABASE): Promise<TestDatabase> {
  const server = JSON.parse(process.env[WHERE] ?? '{}') as ConnectionOptions;
  const database = `test_${newId().replaceAll('-', '')}`;
  await execute(server, `CREATE DATABASE ${database} TEMPLATE ${template}`);
  return {
    url: `postgres://${server.user}@localhost:${server.port}/${database}?host=${encodeURIComponent(server.host)}`,
    connection: { ...server, database },
    drop: () => execute(server, `DROP DATABASE ${database} WITH (FORCE)`),
  };
}

async function execute(connection: ConnectionOptions, statement: string): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
