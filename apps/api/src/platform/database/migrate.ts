import type { DataSource } from 'typeorm';
import { StartError } from '../errors/start-error';

/** Key of the advisory lock under which one server at a time prepares the database. */
const PREPARE_LOCK = 0x6d6e6a67;

/**
 * Runs `work` while no other server that starts on the same database runs its own.
 *
 * The lock is the session's, so that a server that dies gives it up.
 */
export async function withPreparationLock<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    // Another server may be migrating for longer than a statement may normally take.
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [PREPARE_LOCK]);
    try {
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [PREPARE_LOCK]);
      await runner.query('RESET statement_timeout');
    }
  } finally {
    await runner.release();
  }
}

/**
 * Brings the schema up to date; does nothing when it is.
 *
 * @throws {StartError} `database/newer-schema` when a newer release has migrated this database.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const known = new Set(dataSource.migrations.map((migration) => migration.name));
  const unknown = (await executedMigrations(dataSource)).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new StartError(
      'database/newer-schema',
      `This database was prepared by a newer release of Munjigi (${unknown.join(', ')}). Start that release.`,
    );
  }
  await dataSource.runMigrations({ transaction: 'each' });
}

/** Whether every migration of this release has run. */
export async function schemaIsCurrent(dataSource: DataSource): Promise<boolean> {
  const executed = new Set(await executedMigrations(dataSource));
  return dataSource.migrations.every((migration) => migration.name && executed.has(migration.name));
}

async function executedMigrations(dataSource: DataSource): Promise<string[]> {
  const [{ present }] = await dataSource.query<[{ present: boolean }]>(
    `SELECT to_regclass('schema_migration') IS NOT NULL AS present`,
  );
  if (!present) return [];
  const rows = await dataSource.query<{ name: string }[]>('SELECT name FROM schema_migration');
  return rows.map((row) => row.name);
}
