import { Injectable } from '@nestjs/common';
import type { PersonStatus, VisitRecurrence } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { ChangeFeed, type ChangeOf } from '../../platform/change-feed/change-feed';
import { belongsAtDoors } from '../people/person-fields';

const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface Row {
  readonly id: string;
  readonly at_doors: boolean;
  readonly status: PersonStatus;
  readonly valid_from: Date | null;
  readonly valid_until: Date | null;
  readonly recurrence: VisitRecurrence | null;
}

/** Gives doors the templates of people whose time begins, and takes those of people whose time is over. */
@Injectable()
export class ValiditySweep {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangeFeed,
  ) {}

  /** Brings doors to what holds at that instant. @returns for how many people something changed. */
  async run(at: Date): Promise<number> {
    let [after, changed] = [BEFORE_ALL, 0];
    for (;;) {
      const rows = await this.dataSource.transaction((manager) => this.page(manager, at, after));
      changed += rows.changed;
      if (rows.last === null) return changed;
      after = rows.last;
    }
  }

  private async page(
    manager: EntityManager,
    at: Date,
    after: string,
  ): Promise<{ changed: number; last: string | null }> {
    // Whoever is being changed by somebody now is brought right by that change.
    const rows = await manager.query<Row[]>(
      `SELECT person.id, at_doors, status, valid_from, valid_until, visit.recurrence
       FROM person LEFT JOIN visit ON visit.person_id = person.id
       WHERE person.id > $2 AND (visit.recurrence IS NOT NULL OR at_doors <> (
         status = 'active' AND coalesce(valid_from <= $1, true) AND coalesce(valid_until > $1, true)))
       ORDER BY person.id LIMIT ${PAGE} FOR UPDATE OF person SKIP LOCKED`,
      [at, after],
    );
    const turned = rows.filter((row) => belongsAtDoors(fieldsOf(row), at, row.recurrence) !== row.at_doors);
    if (turned.length > 0) await this.turn(manager, turned);
    return { changed: turned.length, last: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null) };
  }

  private async turn(manager: EntityManager, rows: readonly Row[]): Promise<void> {
    const ids = rows.map(({ id }) => id);
    await manager.query('UPDATE person SET at_doors = NOT at_doors WHERE id = ANY($1)', [ids]);
    const templates = await manager.query<{ id: string }[]>(
      'SELECT id FROM template WHERE person_id = ANY($1)',
      [ids],
    );
    const changes: ChangeOf[] = [
      ...rows.map(({ id, at_doors: revoked }) => ({
        ...{ family: 'person' as const, entityId: id },
        ...{ deleted: false, revoked },
      })),
      ...templates.map(({ id: entityId }) => ({ family: 'template' as const, entityId, deleted: false })),
    ];
    await this.changes.record(manager, changes);
  }
}

function fieldsOf({ status, valid_from: validFrom, valid_until: validUntil }: Row) {
  return { status, validFrom, validUntil };
}
