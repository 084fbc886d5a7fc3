import { restoreMemory, type AccessMemory, type DoorMemory, type Whereabouts } from '@munjigi/access-rules';
import type { DoorId, PersonId } from '@munjigi/contracts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { MemoryChange, MemoryStore } from '../../ports/memory-store';
import { transact } from './database';

interface WhereaboutsRow {
  readonly person_id: PersonId;
  readonly area_id: Whereabouts['areaId'];
  readonly since_ms: number;
  readonly forgiven: number;
}

interface DoorRow {
  readonly door_id: DoorId;
  readonly first_person_at_ms: number | null;
}

interface PresentedRow {
  readonly door_id: DoorId;
  readonly person_id: PersonId;
  readonly at_ms: number;
}

/** Who passed where, in SQLite. Somebody who is deleted from the door's people goes from here too. */
export class SqliteMemoryStore implements MemoryStore {
  readonly #database: DatabaseSyncInstance;

  constructor(database: DatabaseSyncInstance) {
    this.#database = database;
  }

  load(): AccessMemory {
    const people = this.#all<WhereaboutsRow>(
      `SELECT person_id, area_id, since_ms, forgiven FROM whereabouts WHERE person_id IN (SELECT id FROM person)`,
    );
    const doors = this.#all<DoorRow>('SELECT door_id, first_person_at_ms FROM door_memory');
    const presented = this.#all<PresentedRow>(
      'SELECT door_id, person_id, at_ms FROM presented ORDER BY at_ms',
    );
    return restoreMemory(
      people.map((row) => [
        row.person_id,
        { areaId: row.area_id, sinceMs: row.since_ms, forgiven: row.forgiven === 1 },
      ]),
      doors.map(({ door_id: doorId, first_person_at_ms: firstPersonAtMs }) => [
        doorId,
        {
          open: null,
          firstPersonAtMs,
          presented: presented
            .filter((row) => row.door_id === doorId)
            .map((row) => ({ personId: row.person_id, atMs: row.at_ms })),
        },
      ]),
    );
  }

  keep({ people, door }: MemoryChange): void {
    transact(this.#database, () => {
      for (const [personId, { areaId, sinceMs, forgiven }] of people) {
        this.#run(
          'INSERT OR REPLACE INTO whereabouts (person_id, area_id, since_ms, forgiven) VALUES (?, ?, ?, ?)',
          ...[personId, areaId, Math.round(sinceMs), Number(forgiven)],
        );
      }
      if (door) this.#keepDoor(...door);
    });
  }

  #keepDoor(doorId: DoorId, { firstPersonAtMs, presented }: DoorMemory): void {
    const first = firstPersonAtMs === null ? null : Math.round(firstPersonAtMs);
    this.#run(
      'INSERT OR REPLACE INTO door_memory (door_id, first_person_at_ms) VALUES (?, ?)',
      doorId,
      first,
    );
    this.#run('DELETE FROM presented WHERE door_id = ?', doorId);
    for (const { personId, atMs } of presented) {
      this.#run(
        'INSERT OR REPLACE INTO presented (door_id, person_id, at_ms) VALUES (?, ?, ?)',
        ...[doorId, personId, Math.round(atMs)],
      );
    }
  }

  #all<Row>(sql: string): Row[] {
    return this.#database.prepare(sql).all() as Row[];
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#database.prepare(sql).run(...values);
  }
}
