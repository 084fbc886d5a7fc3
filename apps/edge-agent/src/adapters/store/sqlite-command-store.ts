import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { CommandStore } from '../../ports/event-store';

/** So many commands are remembered; an older one is long past its time. */
const KEPT_MAX = 1_000;

/** The commands in SQLite, beside the outbox. */
export class SqliteCommandStore implements CommandStore {
  readonly #database: DatabaseSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  answerTo(commandId: string): string | null {
    const row = this.#database.prepare('SELECT answer FROM command WHERE id = ?').get(commandId) as
      { answer: string } | undefined;
    return row?.answer ?? null;
  }

  keep(commandId: string, answer: string): void {
    this.#database
      .prepare('INSERT OR REPLACE INTO command (id, answer) VALUES (?, ?)')
      .run(commandId, answer);
    this.#database
      .prepare('DELETE FROM command WHERE rowid <= (SELECT max(rowid) FROM command) - ?')
      .run(KEPT_MAX);
  }
}
