import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { CommandStore, KeptCommand } from '../../ports/event-store';

/** So many commands are remembered; an older one is long past its time. */
const KEPT_MAX = 1_000;

/** The journal of commands in SQLite, beside the outbox; newer ones have greater rows. */
export class SqliteCommandStore implements CommandStore {
  readonly #database: DatabaseSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  reportOf(commandId: string): string | null {
    const row = this.#database.prepare('SELECT report FROM command WHERE id = ?').get(commandId) as
      { report: string } | undefined;
    return row?.report ?? null;
  }

  keep({ commandId, kind, state, report }: KeptCommand): void {
    this.#database
      .prepare(
        `INSERT INTO command (id, kind, state, report) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, report = excluded.report, told = 0`,
      )
      .run(commandId, kind, state, report);
    this.#database
      .prepare('DELETE FROM command WHERE rowid <= (SELECT max(rowid) FROM command) - ?')
      .run(KEPT_MAX);
  }

  begun(): Pick<KeptCommand, 'commandId' | 'kind'>[] {
    return this.#database
      .prepare(`SELECT id AS commandId, kind FROM command WHERE state = 'accepted' ORDER BY rowid`)
      .all() as Pick<KeptCommand, 'commandId' | 'kind'>[];
  }

  untold(): string[] {
    const rows = this.#database.prepare('SELECT report FROM command WHERE told = 0 ORDER BY rowid').all();
    return (rows as { report: string }[]).map(({ report }) => report);
  }

  told(commandId: string, state: KeptCommand['state']): void {
    this.#database.prepare('UPDATE command SET told = 1 WHERE id = ? AND state = ?').run(commandId, state);
  }
}
