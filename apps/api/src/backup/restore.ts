import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { from as copyFrom } from 'pg-copy-streams';
import { createDataSource, type DatabaseTarget } from '../platform/database/data-source';
import { MIGRATIONS } from '../platform/database/migrations';
import { StartError } from '../platform/errors/start-error';
import { openArchive, type Archive } from './archive';
import {
  entryOf,
  MANIFEST,
  parseManifest,
  unreadable,
  type BackupManifest,
  type BackupTable,
} from './manifest';

/**
 * Fills an empty database with a backup: all of it, each table checked against its hash, or nothing.
 *
 * Sessions are not restored: everybody signs in again. Every door is made to fetch the whole state anew, since it may
 * know changes that the backup does not.
 *
 * @param target the database, which must have no tables
 * @param client connected to the same database
 * @throws {StartError} `backup/unreadable`, `backup/not-empty`, `backup/newer-release`
 */
export async function restoreBackup(
  path: string,
  target: DatabaseTarget,
  client: Client,
): Promise<BackupManifest> {
  const archive = await openArchive(path);
  try {
    const manifest = parseManifest(await archive.text(MANIFEST));
    await refuseTables(client);
    const dataSource = await makeSchema(target, manifest);
    try {
      await load(client, archive, manifest);
    } catch (error) {
      await unmakeSchema(dataSource);
      throw error;
    } finally {
      await dataSource.destroy();
    }
    return manifest;
  } finally {
    archive.close();
  }
}

async function refuseTables(client: Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') LIMIT 1`,
  );
  if (rows.length === 0) return;
  throw new StartError(
    'backup/not-empty',
    'The database has tables already. A backup is restored only into an empty one: set MUNJIGI_DATA to a new folder, ' +
      'or DATABASE_URL to a new database.',
  );
}

/** The schema that the backup was made with; the server migrates it on when it starts. */
async function makeSchema(target: DatabaseTarget, manifest: BackupManifest): Promise<DataSource> {
  const count = manifest.migrations.length;
  const known = MIGRATIONS.slice(0, count).map((migration) => migration.name);
  const same = known.length === count && manifest.migrations.every((name, index) => name === known[index]);
  if (!same) {
    throw new StartError(
      'backup/newer-release',
      'The backup was made by another release of Munjigi, with a schema that this one does not know ' +
        `(${manifest.migrations.at(-1)}). Restore it with that release.`,
    );
  }
  const dataSource = createDataSource(target, [], MIGRATIONS.slice(0, count));
  await dataSource.initialize();
  await dataSource.runMigrations({ transaction: 'each' });
  return dataSource;
}

/** Nothing is left of a restore that failed: the same command can be tried again. */
async function unmakeSchema(dataSource: DataSource): Promise<void> {
  for (const _ of dataSource.migrations) await dataSource.undoLastMigration({ transaction: 'each' });
  await dataSource.query('DROP TABLE schema_migration');
}

async function load(client: Client, archive: Archive, manifest: BackupManifest): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SET LOCAL statement_timeout = 0');
    await emptyTables(client, manifest);
    await makePartitions(client, manifest);
    for (const table of manifest.tables)
      await loadTable(client, await archive.stream(entryOf(table.name)), table);
    await adjustSequences(client);
    await renewFeed(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Migrations make rows too; the backup has its own. */
async function emptyTables(client: Client, { tables }: BackupManifest): Promise<void> {
  for (const { name } of [...tables].reverse()) {
    const table = client.escapeIdentifier(name);
    const { rows } = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (rows.length > 0) await client.query(`DELETE FROM ${table}`);
  }
}

async function makePartitions(client: Client, manifest: BackupManifest): Promise<void> {
  for (const { name, parent, bound } of manifest.partitions) {
    const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [
      client.escapeIdentifier(name),
    ]);
    if ((rows as { there: boolean }[])[0]?.there) continue;
    await client.query(
      `CREATE TABLE ${client.escapeIdentifier(name)} PARTITION OF ${client.escapeIdentifier(parent)} ${bound}`,
    );
  }
}

async function loadTable(client: Client, content: Readable, table: BackupTable): Promise<void> {
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const target = client.query(
    copyFrom(`COPY ${client.escapeIdentifier(table.name)} (${columns}) FROM STDIN`),
  );
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(content, measure, target).catch((cause: unknown) => {
    throw unreadable(`the table ${table.name} cannot be loaded`, cause);
  });
  if (hash.digest('hex') !== table.sha256)
    throw unreadable(`the table ${table.name} is not what was written`);
}

async function adjustSequences(client: Client): Promise<void> {
  const { rows } = await client.query<{ sequence: string; table: string; column: string }>(`
    SELECT sequence.relname AS sequence, owner.relname AS "table", attribute.attname AS column
    FROM pg_class AS sequence
    JOIN pg_depend ON pg_depend.objid = sequence.oid AND pg_depend.deptype IN ('a', 'i')
    JOIN pg_class AS owner ON owner.oid = pg_depend.refobjid
    JOIN pg_attribute AS attribute ON attribute.attrelid = owner.oid AND attribute.attnum = pg_depend.refobjsubid
    WHERE sequence.relkind = 'S' AND sequence.relnamespace = current_schema()::regnamespace`);
  for (const { sequence, table, column } of rows) {
    await client.query(
      `SELECT setval($1::regclass, greatest((SELECT max(${client.escapeIdentifier(column)}) FROM ${client.escapeIdentifier(table)}), 1))`,
      [client.escapeIdentifier(sequence)],
    );
  }
}

/**
 * A door may have applied changes that were made after the backup, under revisions that would be given again. The feed
 * begins anew above all of them, so that every cursor is foreign to it.
 */
async function renewFeed(client: Client): Promise<void> {
  await client.query(`
    UPDATE change_head SET revision = start.revision, base_revision = start.revision
    FROM (SELECT greatest(revision + 1, extract(epoch FROM now())::bigint) AS revision FROM change_head) AS start`);
}
