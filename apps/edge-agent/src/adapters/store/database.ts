import { closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { AgentError, messageOf } from '../../domain/agent-error';

/** What each version adds to the one before it; the place in the list is the version. */
const VERSIONS = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE template (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL, model_id TEXT NOT NULL, sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX template_person ON template (person_id);
  CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, event TEXT NOT NULL) STRICT;
`,
  // Templates are kept in secret transforms.
  `
  ALTER TABLE template ADD COLUMN transform_id TEXT;
  CREATE TABLE transform (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
`,
  // What the access rules know of a person; the rules themselves are in meta.
  `
  ALTER TABLE person ADD COLUMN access TEXT NOT NULL DEFAULT '{}';
`,
  // What commands were answered with; newer ones have greater rows.
  `
  CREATE TABLE command (id TEXT NOT NULL UNIQUE, answer TEXT NOT NULL) STRICT;
`,
  // Who passed where: rules of later decisions depend on it.
  `
  CREATE TABLE whereabouts (
    person_id TEXT PRIMARY KEY, area_id TEXT, since_ms INTEGER NOT NULL, forgiven INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE door_memory (door_id TEXT PRIMARY KEY, first_person_at_ms INTEGER) STRICT, WITHOUT ROWID;
  CREATE TABLE presented (
    door_id TEXT NOT NULL, person_id TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (door_id, person_id)
  ) STRICT, WITHOUT ROWID;
`,
  // Commands of every kind, and whether the server knows what became of them.
  `
  DROP TABLE command;
  CREATE TABLE command (
    id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, state TEXT NOT NULL, report TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX command_untold ON command (told) WHERE told = 0;
`,
  // What the server calls a content, and a sum by which a changed row shows: everything is pulled once more for them.
  `
  ALTER TABLE person ADD COLUMN etag TEXT;
  ALTER TABLE person ADD COLUMN sum TEXT;
  UPDATE meta SET value = '0' WHERE key = 'applied_revision';
`,
  // People who were registered at the door itself.
  `
  CREATE TABLE local_person (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE local_template (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL, model_id TEXT NOT NULL, sealed BLOB NOT NULL, photo BLOB NOT NULL
  ) STRICT;
  CREATE INDEX local_template_person ON local_template (person_id);
`,
  // Events that overtake others, until they have.
  `
  CREATE TABLE urgent (sequence INTEGER PRIMARY KEY) STRICT;
`,
];
const SCHEMA_VERSION = VERSIONS.length;

/** The door's database, and where a damaged one before it was put. */
export interface OpenDatabase {
  readonly database: DatabaseSyncInstance;
  /** Path of a damaged database that was set aside, or null. */
  readonly damagedPath: string | null;
  /** Closes the database and gives its folder free. */
  readonly close: () => void;
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
  const lock = lockFolder(directory);
  try {
    const { database, damagedPath } = openOrBegin(directory);
    const close = (): void => {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.close();
      lock.close();
    };
    return { database, damagedPath, close };
  } catch (error) {
    lock.close();
    throw error instanceof AgentError ? error : unusable(directory, error);
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

/**
 * Takes the folder for this process: a second agent in it would number its events into ours. The system frees it when
 * the process ends, however it ends.
 */
function lockFolder(directory: string): DatabaseSyncInstance {
  let lock: DatabaseSyncInstance | null = null;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // A file of its own: the database itself stays locked until the garbage collector has found its last statement.
    lock = new DatabaseSync(join(directory, 'agent.lock'));
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (!/locked|busy/i.test(messageOf(error))) throw unusable(directory, error);
    throw new AgentError('store/in-use', `Another agent uses the data folder ${directory}.`, {
      cause: error,
    });
  }
}

function openOrBegin(directory: string): Pick<OpenDatabase, 'database' | 'damagedPath'> {
  const path = join(directory, 'agent.db');
  try {
    return { database: openSound(path), damagedPath: null };
  } catch (error) {
    if (!/malformed|not a database|corrupt/i.test(messageOf(error))) throw error;
    const damagedPath = setAside(path);
    return { database: openSound(path), damagedPath };
  }
}

function unusable(directory: string, cause: unknown): AgentError {
  return new AgentError(
    'store/unusable',
    `The data folder ${directory} cannot be used: ${messageOf(cause)}.`,
    { cause },
  );
}

function openSound(path: string): DatabaseSyncInstance {
  // Made here, for the owner alone; SQLite gives its other files the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;');
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
  const missing = VERSIONS.slice(version).join('');
  transact(database, () => database.exec(`${missing} PRAGMA user_version = ${SCHEMA_VERSION};`));
}

function setAside(path: string): string {
  const damagedPath = `${path}.damaged-${Date.now()}`;
  renameSync(path, damagedPath);
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true });
  return damagedPath;
}
