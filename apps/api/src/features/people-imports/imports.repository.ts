import { Injectable } from '@nestjs/common';
import type { ImportFate } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../platform/audit/actor';
import { AppError } from '../../platform/errors/app-error';
import { ImportRow, PeopleImport } from './people-import.entities';

/** The state of the job of an import; null before the start, and when the job is forgotten. */
export type JobStateOfImport = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | null;

const PAGE = 1_000;

/** The only place that reads and writes imports. */
@Injectable()
export class ImportsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** An import of somebody's own; anybody else's is none. @throws {AppError} `imports/not-found` */
  async own(id: string, by: Actor, manager: EntityManager = this.dataSource.manager): Promise<PeopleImport> {
    const found = await manager.findOneBy(PeopleImport, { id });
    if (found?.contents && found.makerId === by.actorId && found.makerKind === by.actorKind) return found;
    throw new AppError('not-found', 'imports/not-found', 'There is no such import of yours.', {
      detail: 'Imports are kept for 30 days.',
    });
  }

  /** As {@link own}, kept from being changed by others until the transaction ends. */
  async lockOwn(manager: EntityManager, id: string, by: Actor): Promise<PeopleImport> {
    await manager.query('SELECT FROM people_import WHERE id = $1 FOR UPDATE', [id]);
    return this.own(id, by, manager);
  }

  /** @throws {AppError} `imports/not-found` */
  async get(id: string): Promise<PeopleImport & { contents: NonNullable<PeopleImport['contents']> }> {
    const found = await this.dataSource.manager.findOneBy(PeopleImport, { id });
    if (found?.contents) return { ...found, contents: found.contents };
    throw new AppError('not-found', 'imports/not-found', 'There is no such import.');
  }

  async jobState(jobId: string | null): Promise<JobStateOfImport> {
    if (jobId === null) return null;
    const [row] = await this.dataSource.query<{ state: Exclude<JobStateOfImport, null> }[]>(
      'SELECT state FROM job WHERE id = $1',
      [jobId],
    );
    return row?.state ?? null;
  }

  /** How many rows met which fate. */
  async fates(importId: string): Promise<Record<string, number>> {
    const rows = await this.dataSource.query<{ fate: string; rows: number }[]>(
      'SELECT fate, count(*)::integer AS rows FROM people_import_row WHERE import_id = $1 GROUP BY fate ORDER BY fate',
      [importId],
    );
    return Object.fromEntries(rows.map(({ fate, rows: count }) => [fate, count]));
  }

  /** What became of the rows, in order, read while they are taken. */
  async *rows(importId: string): AsyncGenerator<ImportRow> {
    for (let after = 0; ;) {
      const page = await this.dataSource.manager
        .createQueryBuilder(ImportRow, 'fate')
        .where('fate.importId = :importId AND fate.row > :after', { importId, after })
        .orderBy('fate.row')
        .limit(PAGE)
        .getMany();
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.row;
    }
  }

  /** Writes down what became of a row. */
  async record(manager: EntityManager, importId: string, fate: ImportFate): Promise<void> {
    await manager.insert(ImportRow, { importId, ...fate });
  }

  /** The person who has each of these employee numbers. */
  async byEmployeeNumber(
    numbers: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, { id: string; siteId: string | null }>> {
    const rows = await manager.query<{ id: string; site_id: string | null; employee_number: string }[]>(
      'SELECT id, site_id, employee_number FROM person WHERE employee_number = ANY($1)',
      [numbers],
    );
    return new Map(rows.map((row) => [row.employee_number, { id: row.id, siteId: row.site_id }]));
  }

  /** Deletes imports that nobody started in a day, and all after 30 days. @returns how many */
  async forgetOld(): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM people_import WHERE created_at < now() - interval '30 days'
         OR (job_id IS NULL AND created_at < now() - interval '1 day')`,
    );
    return count;
  }
}
