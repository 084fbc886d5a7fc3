import { Injectable } from '@nestjs/common';
import {
  importIdSchema,
  importPlanSchema,
  type ImportFate,
  type ImportPlan,
  type PersonId,
} from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { Access } from '../../platform/auth/access';
import { ChangeFeed, type ChangeOf } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import type { JobContext } from '../../platform/jobs/job-kind';
import { Settings } from '../../platform/settings/settings';
import { ENROLMENT_SETTINGS } from '../enrolment/enrolment-settings';
import { TemplateMaker } from '../enrolment/template-maker';
import { refusalOfWrite } from '../people/people-errors';
import { PeopleRepository } from '../people/people.repository';
import type { Person } from '../people/person.entity';
import { PersonWriter, type Writer, type Written } from '../people/person-writer';
import { ImportContent } from './import-content';
import { ImportPlanner, type PlannedRow } from './import-plan';
import { ImportsRepository } from './imports.repository';
import { RowFaces, type FoundFaces } from './row-faces';

/** What the job of an import is given. */
export const importJobSchema = z.object({ importId: importIdSchema, plan: importPlanSchema });

type Context = JobContext<z.output<typeof importJobSchema>>;
type GoodRow = Extract<PlannedRow, { request: unknown }>;

/**
 * Imports people row by row. A row's person, templates, fate and place are one transaction: whoever is killed in the
 * middle goes on after the last whole row, and nobody is doubled.
 */
@Injectable()
export class ImportRun {
  constructor(
    private readonly content: ImportContent,
    private readonly planner: ImportPlanner,
    private readonly imports: ImportsRepository,
    private readonly faces: RowFaces,
    private readonly maker: TemplateMaker,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly settings: Settings,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  async run(context: Context): Promise<Record<string, unknown>> {
    const { importId, plan } = context.payload;
    const found = await this.imports.get(importId);
    const planned = await this.planner.open(await this.content.open(found), plan);
    const by = writerOf(context, plan);
    for (let row = Number(context.checkpoint ?? 0) + 1; row <= planned.rows; row++) {
      context.signal.throwIfAborted();
      await this.one(context, planned.row(row), by);
      await context.progress({ done: row, total: planned.rows });
    }
    const fates = await this.imports.fates(importId);
    await context.transaction(async (manager) => {
      await this.content.forget(manager, importId);
      await this.audit.record(manager, {
        by,
        action: 'import/finished',
        subjectId: importId,
        siteId: plan.siteId,
        details: { rows: planned.rows, fates },
      });
    });
    return { importId, rows: planned.rows, fates };
  }

  private async one(context: Context, row: PlannedRow, by: Writer): Promise<void> {
    const { importId, plan } = context.payload;
    try {
      if ('problems' in row) throw problemsOf(row.problems);
      const faces = await this.faces.find(
        row.files,
        await this.settings.get(ENROLMENT_SETTINGS),
        context.signal,
      );
      await context.transaction(async (manager) => {
        const { fate, changes } = await this.write(manager, row, { faces, plan, by });
        await this.imports.record(manager, importId, fate);
        await context.keep(manager, row.row);
        await this.changes.record(manager, changes);
      });
    } catch (error) {
      const refusal = refusalOfWrite(error);
      if (!isOfTheRow(refusal)) throw error;
      await context.transaction(async (manager) => {
        const { code, message, detail } = refusal;
        const fate = { row: row.row, fate: 'refused', personId: null, templates: 0 } as const;
        await this.imports.record(manager, importId, { ...fate, code, detail: detail ?? message });
        await context.keep(manager, row.row);
      });
    }
  }

  private async write(
    manager: EntityManager,
    row: GoodRow,
    { faces, plan, by }: { faces: FoundFaces; plan: ImportPlan; by: Writer },
  ): Promise<{ fate: ImportFate; changes: readonly ChangeOf[] }> {
    const person = await this.existing(manager, row.request.employeeNumber ?? null);
    const none = { row: row.row, templates: 0, code: null, detail: null };
    if (person && plan.existing === 'skip') {
      return { fate: { ...none, fate: 'skipped', personId: person.id as PersonId }, changes: [] };
    }
    if (person && plan.existing === 'refuse') {
      throw new AppError('conflict', 'people/employee-number-taken', 'The employee number is taken.');
    }
    const written: Written = person
      ? await this.writer.change(manager, person, row.request, by)
      : await this.writer.create(manager, row.request, by);
    const enrolled = await this.enrol(manager, written.person, { row, faces, plan, by });
    const changedFate = written.changed.length > 0 || enrolled.templates > 0 ? 'updated' : 'unchanged';
    const { changes, ...photos } = enrolled;
    return {
      fate: {
        ...none,
        fate: person ? changedFate : 'created',
        personId: written.person.id as PersonId,
        ...photos,
      },
      changes: [...written.changes, ...changes],
    };
  }

  /** A photo that is refused does not refuse the person. */
  private async enrol(
    manager: EntityManager,
    person: Person,
    { row, faces, plan, by }: { row: GoodRow; faces: FoundFaces; plan: ImportPlan; by: Writer },
  ): Promise<Pick<ImportFate, 'templates' | 'code' | 'detail'> & { changes: readonly ChangeOf[] }> {
    const [missing] = row.missing;
    const refusal = faces.refusal ?? (missing === undefined ? null : missingPhoto(missing));
    const told = {
      code: refusal?.code ?? null,
      detail: refusal ? (refusal.detail ?? refusal.message) : null,
    };
    const [best, ...rest] = faces.faces;
    if (!best) return { templates: 0, ...told, changes: [] };
    const settings = await this.settings.get(ENROLMENT_SETTINGS, manager);
    const own = plan.morePhotos ? [] : await this.people.templatesOf(manager, person.id);
    if (own.length > 0) return { templates: 0, ...told, changes: [] };
    const request = {
      person,
      faces: [best, ...rest] as const,
      origin: 'import',
      settings,
      confirmation: {},
      by,
    } as const;
    try {
      const { templates, changes } = await this.maker.enrol(manager, request);
      return { templates: templates.length, ...told, changes };
    } catch (error) {
      // It is refused before anything is written.
      if (!(error instanceof AppError) || error.kind !== 'conflict') throw error;
      return { templates: 0, code: error.code, detail: withoutNames(error), changes: [] };
    }
  }

  private async existing(manager: EntityManager, number: string | null): Promise<Person | null> {
    const found =
      number === null ? undefined : (await this.imports.byEmployeeNumber([number], manager)).get(number);
    return found ? this.people.find(manager, found.id) : null;
  }
}

/** Whoever started it had these rights there, and an import never reaches further. */
function writerOf({ by }: Context, { siteId }: ImportPlan): Writer {
  const permissions = ['people:read', 'people:write', 'enrolment:write'] as const;
  return { ...by, access: new Access([{ permissions, siteId }]) };
}

/** What is wrong with the row itself, and not with the server. */
function isOfTheRow(error: unknown): error is AppError {
  return error instanceof AppError && error.kind !== 'unavailable' && error.kind !== 'internal';
}

function problemsOf(problems: readonly { field: string; message: string }[]): AppError {
  const detail = problems.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return new AppError('invalid', 'imports/bad-row', 'The row cannot be imported.', { detail });
}

function missingPhoto(name: string): AppError {
  const detail = `There is no photo “${name}” in the upload.`;
  return new AppError('unprocessable', 'imports/missing-photo', 'A photo is missing.', { detail });
}

/** The report is read by others than those who may see the people it would name. */
function withoutNames(error: AppError): string {
  return error.facts ? error.message : (error.detail ?? error.message);
}
