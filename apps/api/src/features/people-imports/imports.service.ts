import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type {
  ImportCheck,
  ImportId,
  ImportPlan,
  JobId,
  importStartedSchema,
  peopleImportSchema,
} from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import type { JobKind } from '../../platform/jobs/job-kind';
import { Jobs } from '../../platform/jobs/jobs';
import { csvLine } from '../../platform/csv/csv-line';
import { checkImport } from './import-check';
import { ImportContent } from './import-content';
import { TABLE_BYTES_MAX, openFiles } from './import-files';
import { ImportPlanner } from './import-plan';
import { ImportRun, importJobSchema } from './import-run';
import { ImportsRepository } from './imports.repository';
import { PeopleImport } from './people-import.entities';
import { describeTable, readTable } from './read-table';

const FORGET_MS = 60 * 60_000;
const REPORT_COLUMNS = ['row', 'fate', 'personId', 'templates', 'code', 'detail'];

/** Imports of people from a table and photos. */
@Injectable()
export class ImportsService {
  private readonly job: JobKind<typeof importJobSchema>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly imports: ImportsRepository,
    private readonly content: ImportContent,
    private readonly planner: ImportPlanner,
    private readonly audit: Audit,
    run: ImportRun,
    jobs: Jobs,
  ) {
    this.job = jobs.define('people/import', { schema: importJobSchema, run: (context) => run.run(context) });
    jobs.define('people/imports-forget', {
      schema: importJobSchema.partial(),
      run: async () => ({ forgotten: await imports.forgetOld() }),
      recurrence: { everyMs: FORGET_MS },
    });
  }

  /** Looks at what was uploaded. @throws {AppError} `imports/…` that says why it cannot be used; then it is deleted */
  async uploaded(importId: string, by: SignedIn): Promise<z.input<typeof peopleImportSchema>> {
    try {
      const found = await this.dataSource.manager.findOneByOrFail(PeopleImport, { id: importId });
      const files = await openFiles(await this.content.open(found));
      const table = describeTable(readTable(await files.table.read(TABLE_BYTES_MAX)));
      const contents = { table, tableName: files.table.path, photos: files.photos.length };
      await this.dataSource.transaction(async (manager) => {
        await manager.update(PeopleImport, { id: importId }, { contents: contents });
        await this.audit.record(manager, {
          by,
          action: 'import/uploaded',
          subjectId: importId,
          details: { rows: table.rows, photos: contents.photos },
        });
      });
    } catch (error) {
      await this.dataSource.manager.delete(PeopleImport, { id: importId });
      throw error;
    }
    return this.get(importId, by);
  }

  /** @throws {AppError} `imports/not-found` */
  async get(id: string, by: SignedIn): Promise<z.input<typeof peopleImportSchema>> {
    const { contents, jobId, createdAt } = await this.imports.own(id, by);
    if (!contents) throw new AppError('not-found', 'imports/not-found', 'There is no such import.');
    const state = jobId === null ? 'uploaded' : ((await this.imports.jobState(jobId)) ?? 'done');
    return {
      id,
      state: state === 'waiting' ? 'running' : state,
      table: contents.table,
      photos: contents.photos,
      jobId,
      fates: await this.imports.fates(id),
      createdAt: createdAt.toISOString(),
    };
  }

  /** Says what a start with this plan would do. @throws {AppError} `imports/not-found`, `imports/…`, `auth/forbidden` */
  async check(id: string, plan: ImportPlan, by: SignedIn): Promise<ImportCheck> {
    requireAll(by, plan.siteId);
    const planned = await this.planner.open(await this.content.open(await this.imports.own(id, by)), plan);
    return checkImport(planned, plan, this.imports);
  }

  /** Starts it, once. @throws {AppError} `imports/started`, and as {@link check} */
  async start(id: string, plan: ImportPlan, by: SignedIn): Promise<z.input<typeof importStartedSchema>> {
    requireAll(by, plan.siteId);
    await this.planner.open(await this.content.open(await this.imports.own(id, by)), plan);
    return this.dataSource.transaction(async (manager) => {
      const found = await this.imports.lockOwn(manager, id, by);
      if (found.jobId !== null) {
        throw new AppError('conflict', 'imports/started', 'This import was started already.', {
          detail: 'Look at its state, or upload again for another.',
        });
      }
      const importId = id as ImportId;
      const jobId = (await this.job.enqueue(manager, { importId, plan }, { by: actorOf(by) })) as JobId;
      await manager.update(PeopleImport, { id }, { jobId });
      await this.audit.record(manager, {
        by,
        action: 'import/started',
        subjectId: id,
        siteId: plan.siteId,
        details: { rows: found.contents?.table.rows ?? 0, existing: plan.existing },
      });
      return { importId, jobId };
    });
  }

  /** What became of each row so far, as CSV in UTF-8 with its mark; read while it is sent. */
  async report(id: string, by: SignedIn): Promise<Readable> {
    await this.imports.own(id, by);
    return Readable.from(this.lines(id), { objectMode: false });
  }

  /** Deletes an upload that was not started, or the report of one that is over. @throws {AppError} `imports/running` */
  async remove(id: string, by: SignedIn): Promise<void> {
    const { jobId } = await this.imports.own(id, by);
    const state = await this.imports.jobState(jobId);
    if (state === 'waiting' || state === 'running') {
      throw new AppError('conflict', 'imports/running', 'The import is under way.', {
        detail: 'Cancel its job first.',
      });
    }
    await this.dataSource.manager.delete(PeopleImport, { id });
  }

  private async *lines(id: string): AsyncGenerator<Buffer> {
    yield Buffer.from(`\ufeff${csvLine(REPORT_COLUMNS)}`);
    for await (const { row, fate, personId, templates, code, detail } of this.imports.rows(id)) {
      yield Buffer.from(csvLine([row, fate, personId, templates, code, detail]));
    }
  }
}

/** An import writes people and templates at one place: whoever starts it must be allowed all of that there. */
function requireAll({ access }: SignedIn, siteId: string | null): void {
  for (const permission of ['people:import', 'people:write', 'enrolment:write'] as const) {
    access.require(permission, siteId);
  }
}

function actorOf({ actorKind, actorId, actorName, address }: SignedIn) {
  return { actorKind, actorId, actorName, address };
}
