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

  /** Notes up to where doors have forgotten those who were revoked. */
  async revoked(confirmed: readonly (readonly [doorId: string, revision: number])[]): Promise<void> {
    if (confirmed.length === 0) return;
    await this.dataSource.query(
      `UPDATE door_progress SET revoked_revision = greatest(revoked_revision, given.revision)
       FROM unnest($1::uuid[], $2::bigint[]) AS given (door_id, revision), change_head
       WHERE door_progress.door_id = given.door_id AND given.revision <= change_head.revision`,
      [confirmed.map(([doorId]) => doorId), confirmed.map(([, revision]) => revision)],
    );
  }

  /** By door, up to where it has everything, or has at least forgotten who was revoked; -1: it never came. */
  async reached(of: 'everything' | 'revocations'): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ id: string; reached: number }[]>(
      `SELECT door.id, coalesce(
         greatest(applied_revision, CASE WHEN $1 THEN revoked_revision END), -1)::float8 AS reached
       FROM door LEFT JOIN door_progress ON door_id = door.id`,
      [of === 'revocations'],
    );
    return new Map(rows.map(({ id, reached }) => [id, reached]));
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
