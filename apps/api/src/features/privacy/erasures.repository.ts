import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { newId } from '../../platform/database/uuid';
import type { Person } from '../people/person.entity';

/** An erasure with how many doors have confirmed it. */
export interface ErasureRecord {
  readonly id: string;
  readonly site_id: string | null;
  readonly erased_at: Date;
  readonly completed_at: Date | null;
  readonly confirmed: number;
  readonly total: number;
}

/** A door of an erasure. */
export interface ErasureDoorRecord {
  readonly id: string;
  readonly name: string;
  readonly node_id: string | null;
  readonly confirmed_at: Date | null;
}

const COUNTED = `
  SELECT erasure.id, erasure.site_id, erasure.erased_at, count(door_id)::int AS total, count(confirmed_at)::int AS confirmed,
    CASE WHEN count(confirmed_at) = count(door_id) THEN coalesce(max(confirmed_at), erased_at) END AS completed_at
  FROM erasure LEFT JOIN erasure_door ON erasure_id = erasure.id`;

/** Reads and writes the account of erasures. */
@Injectable()
export class ErasuresRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds one, with every door that there is, in the caller's transaction after its entry in the change feed. */
  async add(
    manager: EntityManager,
    { id: personId, siteId }: Pick<Person, 'id' | 'siteId'>,
  ): Promise<string> {
    const id = newId();
    await manager.query(
      `INSERT INTO erasure (id, subject_hash, site_id, revision, erased_at)
       SELECT $1, $2, $3, revision, now() FROM change_head`,
      [id, subjectHash(personId), siteId],
    );
    await manager.query('INSERT INTO erasure_door (erasure_id, door_id) SELECT $1, id FROM door', [id]);
    return id;
  }

  /** Removes what tells of a person in rows that are not the person's own. */
  async removeTraces(manager: EntityManager, personId: string): Promise<void> {
    await manager.query('UPDATE people_import_row SET person_id = NULL, detail = NULL WHERE person_id = $1', [
      personId,
    ]);
    await manager.query(
      `UPDATE lockdown SET exempt_person_ids = array_remove(exempt_person_ids, $1)
       WHERE $1 = ANY(exempt_person_ids)`,
      [personId],
    );
  }

  /** Those within reach, newest first. */
  list(reach: Reach, limit: number): Promise<ErasureRecord[]> {
    const sites = reach === 'everywhere' ? null : reach;
    return this.dataSource.query<ErasureRecord[]>(
      `${COUNTED} WHERE $2::uuid[] IS NULL OR site_id = ANY($2) GROUP BY erasure.id ORDER BY erased_at DESC, erasure.id DESC LIMIT $1`,
      [limit, sites],
    );
  }

  async get(id: string): Promise<{ record: ErasureRecord; doors: ErasureDoorRecord[] } | null> {
    const [record] = await this.dataSource.query<ErasureRecord[]>(
      `${COUNTED} WHERE erasure.id = $1 GROUP BY erasure.id`,
      [id],
    );
    if (!record) return null;
    const doors = await this.dataSource.query<ErasureDoorRecord[]>(
      `SELECT door.id, door.name, door.node_id, confirmed_at FROM erasure_door JOIN door ON door.id = door_id
       WHERE erasure_id = $1 ORDER BY confirmed_at NULLS FIRST, door.name, door.id`,
      [id],
    );
    return { record, doors };
  }

  /** Notes that a door has forgotten everybody who was erased up to a revision. */
  async confirm(doorId: string, appliedRevision: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE erasure_door SET confirmed_at = now() FROM erasure
       WHERE erasure.id = erasure_id AND door_id = $1 AND confirmed_at IS NULL AND revision <= $2`,
      [doorId, appliedRevision],
    );
  }

  /** Hashes of everybody who was erased, in hex. */
  async hashes(): Promise<string[]> {
    const rows = await this.dataSource.query<{ hash: string }[]>(
      `SELECT encode(subject_hash, 'hex') AS hash FROM erasure ORDER BY erased_at, id`,
    );
    return rows.map((row) => row.hash);
  }

  /** The people who are here though their hash is among these. */
  async present(hashes: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM person WHERE encode(sha256(convert_to(id::text, 'UTF8')), 'hex') = ANY($1)`,
      [hashes],
    );
    return rows.map((row) => row.id);
  }
}

function subjectHash(personId: string): Buffer {
  return createHash('sha256').update(personId).digest();
}
