import { Injectable } from '@nestjs/common';
import type { GroupId, ImportPlan } from '@munjigi/contracts';
import { AppError } from '../../platform/errors/app-error';
import { CustomFieldsRepository } from '../custom-fields/custom-fields.repository';
import { customFieldIssues } from '../custom-fields/check-custom-fields';
import { GroupsRepository } from '../groups/groups.repository';
import { TABLE_BYTES_MAX, openFiles, type ImportFiles, type UploadedFile } from './import-files';
import type { OpenContent } from './import-content';
import { readTable } from './read-table';
import { missingColumns, rowRequest, type RowReader, type RowRequest } from './row-request';

/** A row that is understood, or what is wrong with it. */
export type PlannedRow =
  | (RowRequest & {
      readonly row: number;
      readonly files: readonly UploadedFile[];
      readonly missing: readonly string[];
    })
  | { readonly row: number; readonly problems: { readonly field: string; readonly message: string }[] };

/** An upload as a plan reads it. */
export interface PlannedImport {
  readonly files: ImportFiles;
  /** How many there are. */
  readonly rows: number;
  /** A row by its number, from 1. */
  row(number: number): PlannedRow;
}

/** Reads uploads by plans; checking an import and running it see the same rows. */
@Injectable()
export class ImportPlanner {
  constructor(
    private readonly customFields: CustomFieldsRepository,
    private readonly groups: GroupsRepository,
  ) {}

  /** @throws {AppError} `imports/…` that says why the upload or the plan cannot be used */
  async open(content: OpenContent, plan: ImportPlan): Promise<PlannedImport> {
    const files = await openFiles(content);
    const { columns, rows } = readTable(await files.table.read(TABLE_BYTES_MAX), plan);
    const fields = await this.customFields.list();
    const records = await this.groups.list(plan.siteId === null ? [] : [plan.siteId]);
    const groups = records.map(({ group: { id, name } }) => ({ id: id as GroupId, name }));
    const reader: RowReader = { columns, plan, fields, groups };
    assertPlan(reader);
    return {
      files,
      rows: rows.length,
      row: (number) => {
        const understood = rowRequest(rows[number - 1] ?? [], reader);
        if ('problems' in understood) return { row: number, problems: understood.problems };
        const issues = customFieldIssues(fields, understood.request.customFields ?? {});
        if (issues.length > 0) {
          return { row: number, problems: issues.map(({ path: field, message }) => ({ field, message })) };
        }
        return { row: number, ...understood, ...filesOf(understood, files) };
      },
    };
  }
}

function assertPlan(reader: RowReader): void {
  const missing = missingColumns(reader);
  const known = new Set(reader.fields.map(({ key }) => key));
  const unknown = Object.keys(reader.plan.mapping.customFields).filter((key) => !known.has(key));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new AppError('invalid', 'imports/bad-mapping', 'The mapping does not fit the table.', {
    detail: 'Look at the columns of the table and at the custom fields again.',
    issues: [
      ...missing.map((column) => ({ path: 'mapping', message: `there is no column “${column}”` })),
      ...unknown.map((key) => ({
        path: `mapping.customFields.${key}`,
        message: 'is no field of this organisation',
      })),
    ],
  });
}

function filesOf({ photos, request }: RowRequest, files: ImportFiles) {
  if (photos === null) {
    const number = request.employeeNumber ?? null;
    return { files: number === null ? [] : files.photosOf(number), missing: [] };
  }
  const found = photos.map((name) => [name, files.photo(name)] as const);
  return {
    files: found.flatMap(([, file]) => file ?? []),
    missing: found.filter(([, file]) => !file).map(([name]) => name),
  };
}
