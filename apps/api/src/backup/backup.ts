import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ZipFile } from 'yazl';
import { entryOf, MANIFEST, type BackupManifest, type BackupTable } from './manifest';
import { keptTables, partitions, type KeptTable } from './tables';

/** What was written. */
export interface MadeBackup {
  readonly path: string;
  readonly manifest: BackupManifest;
}

/**
 * Writes everything that the database holds, as it was at one moment, into one file. The server may go on working.
 *
 * The file is on disk, whole, under its name, or there is none. Templates and pictures are in it sealed, as they are in
 * the database: without the deployment's keys they open nowhere. Names and events are in the clear: keep it as safe as
 * the database. Memory does not grow with the database.
 *
 * @param client connected to the database; used for nothing else meanwhile
 */
export async function makeBackup(client: Client, path: string): Promise<MadeBackup> {
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    await client.query('SET LOCAL statement_timeout = 0');
    const zip = new ZipFile();
    const writing = pipeline(zip.outputStream, createWriteStream(partial, { mode: 0o600, flags: 'wx' }));
    const manifest = await Promise.race([fill(zip, client), writing.then(() => neverMind())]);
    zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 2)), MANIFEST);
    zip.end();
    await writing;
    await flush(partial);
    await rename(partial, path);
    return { path, manifest };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  } finally {
    await client.query('ROLLBACK');
  }
}

async function fill(zip: ZipFile, client: Client): Promise<BackupManifest> {
  const tables: BackupTable[] = [];
  for (const table of await keptTables(client)) tables.push(await addTable(zip, client, table));
  const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id');
  return {
    format: 'munjigi-backup/1',
    madeAt: new Date().toISOString(),
    migrations: rows.map((row) => row.name),
    partitions: await partitions(client),
    tables,
  };
}

/** One table after the other: a connection copies one at a time. */
async function addTable(zip: ZipFile, client: Client, table: KeptTable): Promise<BackupTable> {
  const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const source = client.query(
    copyTo(`COPY (SELECT ${columns} FROM ${client.escapeIdentifier(table.name)}) TO STDOUT`),
  );
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const entry = new PassThrough();
  zip.addReadStream(entry, entryOf(table.name));
  await pipeline(source, measure, entry);
  return {
    name: table.name,
    columns: [...table.columns],
    rows: source.rowCount,
    bytes,
    sha256: hash.digest('hex'),
  };
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The file ends only after the archive: that it ended first is an error, and the pipeline has thrown it. */
function neverMind(): never {
  throw new Error('the backup’s file was closed too early');
}
