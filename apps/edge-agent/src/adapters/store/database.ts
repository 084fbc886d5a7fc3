import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { AgentError, messageOf } from '../../domain/agent-error';

const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE template (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL, model_id TEXT NOT NULL, sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX template_person ON template (person_id);
  CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
`;

/** The door's database, and where a damaged one before it was put. */
export interface OpenDatabase {
  readonly database: DatabaseSyncInstance;
  /** Path of a damaged database that was set aside, or null. */
  readonly damagedPath: string | null;
}

/**
 * Opens the door's database, making it when there is none; a commit is on the disk when it returns.
 *
 * A file that is no database, or is damaged, is set aside and a new one begun: the door goes on, and the server sends
 * the state anew.
 *
 * @throws {AgentError} `store/in-use` when another agent has the folder; `store/newer` when a newer version wrote it;
 *   `store/unusable` when the folder cannot be written.
 */
export function openDatabase(directory: string): OpenDatabase {
  const path = join(directory, 'agent.db');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return { database: openSound(path), damagedPath: null };
  } catch (error) {
    if (error instanceof AgentError) throw error;
    if (/locked|busy/i.test(messageOf(error))) {
      throw new AgentError('store/in-use', `Another agent uses the data folder ${directory}.`, {
        cause: error,
      });
    }
    if (!/malformed|not a database|corrupt/i.test(messageOf(error))) {
      throw new AgentError(
        'store/unusable',
        `The data folder ${directory} cannot be used: ${messageOf(error)}.`,
        {
          cause: error,
        },
      );
    }
    const damagedPath = setAside(path);
    return { database: openSound(path), damagedPath };
  }
}

/** Runs `work` in one transaction: all of it is kept, or nothing. */
export function transact<T>(database: DatabaseSyncInstance, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function openSound(path: string): DatabaseSyncInstance {
  const database = new DatabaseSync(path);
  try {
    // Exclusive: a second agent on the same folder would number its events into ours.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    database.exec('PRAGMA secure_delete = ON;');
    const check = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    if (check.quick_check !== 'ok') throw new Error(`database malformed: ${check.quick_check}`);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSyncInstance): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    throw new AgentError(
      'store/newer',
      `The data folder was written by a newer version (${version}; this one knows ${SCHEMA_VERSION}). Update the agent.`,
    );
  }
  if (version === SCHEMA_VERSION) return;
  transact(database, () => database.exec(`${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION};`));
}

function setAside(path: string): string {
  const damagedPath = `${path}.damaged-${Date.now()}`;
  renameSync(path, damagedPath);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  return damagedPath;
}
