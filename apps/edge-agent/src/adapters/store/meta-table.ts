import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** The single values that a door keeps. */
export type MetaKey =
  | 'epoch'
  | 'last_sequence'
  | 'chain_hash'
  | 'applied_revision'
  | 'pulled_as'
  | 'model_id'
  | 'door'
  | 'expects_rules'
  | 'rules'
  | 'door_etag'
  | 'rules_etag'
  | 'camera'
  | 'good_camera'
  | 'local_door_id'
  | 'local_settings';

/** Reads and writes single values; a write is part of the transaction that is open. */
export class MetaTable {
  readonly #database: DatabaseSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  get(key: MetaKey): string | null {
    const row = this.#database.prepare('SELECT value FROM meta WHERE key = ?').get(key) as
      { value: string } | undefined;
    return row?.value ?? null;
  }

  set(key: MetaKey, value: string): void {
    this.#database
      .prepare(
        'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      )
      .run(key, value);
  }

  delete(key: MetaKey): void {
    this.#database.prepare('DELETE FROM meta WHERE key = ?').run(key);
  }
}
