import {
  createPersonRequestSchema,
  type CreatePersonRequest,
  type CustomField,
  type GroupId,
  type ImportPlan,
  type ImportProblem,
} from '@munjigi/contracts';
import type { Cells } from './read-table';
import { instantOf } from './zoned-day';

/** What a row is understood as. */
export interface RowRequest {
  /** Fields whose cell is empty are left out. */
  readonly request: CreatePersonRequest;
  /** File names that the row gives; null: those named like the employee number. */
  readonly photos: readonly string[] | null;
}

/** What rows are read with. */
export interface RowReader {
  readonly columns: Cells['columns'];
  readonly plan: ImportPlan;
  readonly fields: readonly Pick<CustomField, 'key' | 'type'>[];
  readonly groups: readonly { readonly id: GroupId; readonly name: string }[];
}

type Problem = Omit<ImportProblem, 'row'>;

/** Understands a row, or says what is wrong with it. */
export function rowRequest(
  cells: readonly string[],
  reader: RowReader,
): RowRequest | { problems: Problem[] } {
  const { mapping, siteId, timeZone } = reader.plan;
  const problems: Problem[] = [];
  const cell = (column: string | undefined) => {
    const value = column === undefined ? undefined : cells[reader.columns.indexOf(column)];
    return value === '' ? undefined : value;
  };
  const instant = (field: 'validFrom' | 'validUntil') => {
    const value = cell(mapping[field]);
    if (value === undefined) return undefined;
    const found = instantOf(value, { timeZone, end: field === 'validUntil' });
    if (!found) problems.push({ field, message: `“${value}” is no day such as 2026-10-31` });
    return found ?? undefined;
  };
  const parsed = createPersonRequestSchema.safeParse({
    name: cell(mapping.name) ?? '',
    siteId,
    employeeNumber: cell(mapping.employeeNumber),
    department: cell(mapping.department),
    email: cell(mapping.email),
    phone: cell(mapping.phone),
    validFrom: instant('validFrom'),
    validUntil: instant('validUntil'),
    groupIds: groupIdsOf(cell(mapping.groups), reader, problems),
    customFields: customFieldsOf(reader, cell),
  });
  problems.push(
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({
      field: path.join('.') || 'name',
      message,
    })),
  );
  if (!parsed.success || problems.length > 0) return { problems };
  const photos = mapping.photos === undefined ? null : listOf(cell(mapping.photos));
  return { request: parsed.data, photos };
}

/** Columns that a plan names and the table does not have. */
export function missingColumns({
  columns,
  plan: { mapping },
}: Pick<RowReader, 'columns' | 'plan'>): string[] {
  const { customFields, ...built } = mapping;
  const named = [...Object.values(built), ...Object.values(customFields)].filter(
    (column) => column !== undefined,
  );
  return named.filter((column) => !columns.includes(column));
}

function groupIdsOf(
  value: string | undefined,
  { groups }: RowReader,
  problems: Problem[],
): GroupId[] | undefined {
  if (value === undefined) return undefined;
  return listOf(value).flatMap((name) => {
    const group = groups.find((each) => each.name === name.normalize('NFC'));
    if (!group) problems.push({ field: 'groups', message: `there is no group “${name}”` });
    return group ? [group.id] : [];
  });
}

function customFieldsOf({ plan, fields }: RowReader, cell: (column: string) => string | undefined) {
  const entries = Object.entries(plan.mapping.customFields).flatMap(([key, column]) => {
    const value = cell(column);
    if (value === undefined) return [];
    const isNumber = fields.find((field) => field.key === key)?.type === 'number';
    const number = Number(value.replace(',', '.'));
    return [[key, isNumber && Number.isFinite(number) ? number : value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function listOf(value = ''): string[] {
  return value
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
