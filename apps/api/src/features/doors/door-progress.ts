import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

type Listener = (doorId: string, appliedRevision: number) => Promise<void>;

/** Keeps how far each door has got with the change feed, and tells who waits for it. */
@Injectable()
export class DoorProgress {
  private readonly listeners = new Set<Listener>();

  constructor(private readonly dataSource: DataSource) {}

  /** Calls `listener` each time that a door has got on. @returns how to stop it */
  onApplied(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Notes whether all that a door holds is what it should.
   *
   * @returns what was noted before; null when nothing was
   */
  async compared(doorId: string, agrees: boolean): Promise<boolean | null> {
    const [[before]] = await this.dataSource.query<[{ agrees: boolean | null }[], number]>(
      `UPDATE door_progress SET compared_at = now(), agrees = $2
       FROM (SELECT door_id, agrees FROM door_progress WHERE door_id = $1 FOR UPDATE) AS before
       WHERE door_progress.door_id = before.door_id RETURNING before.agrees`,
      [doorId, agrees],
    );
    return before?.agrees ?? null;
  }

  /**
   * Notes that a door has everything up to a revision in its store. A revision that this database never gave, as a door
   * has that was with another one, says nothing.
   */
  async note(doorId: string, appliedRevision: number): Promise<void> {
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO door_progress (door_id, applied_revision, applied_at)
       SELECT $1, $2, now() FROM change_head WHERE $2::bigint BETWEEN base_revision AND revision
       ON CONFLICT (door_id) DO UPDATE SET applied_revision = excluded.applied_revision, applied_at = excluded.applied_at
         WHERE door_progress.applied_revision <> excluded.applied_revision RETURNING door_id`,
      [doorId, appliedRevision],
    );
    if (rows.length === 0) return;
    for (const listener of this.listeners) await listener(doorId, appliedRevision);
  }
}
