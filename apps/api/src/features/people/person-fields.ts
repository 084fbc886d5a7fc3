import type { CreatePersonRequest, UpdatePersonRequest, VisitRecurrence } from '@munjigi/contracts';
import { AppError } from '../../platform/errors/app-error';
import type { Person } from './person.entity';
import { visitCovers } from './visit-times';

/** What of a person is set by people. */
export type PersonFields = Pick<
  Person,
  | 'name'
  | 'siteId'
  | 'employeeNumber'
  | 'department'
  | 'email'
  | 'phone'
  | 'customFields'
  | 'validFrom'
  | 'validUntil'
  | 'status'
  | 'statusReason'
  | 'extendedDoorTime'
  | 'idleExempt'
>;

/** A person of whom nothing but the name is known. */
export const NEW_PERSON: Omit<PersonFields, 'name'> = {
  siteId: null,
  employeeNumber: null,
  department: null,
  email: null,
  phone: null,
  customFields: {},
  validFrom: null,
  validUntil: null,
  status: 'active',
  statusReason: null,
  extendedDoorTime: false,
  idleExempt: false,
};

/** The fields of a person's row. */
export function fieldsOf(person: Person): PersonFields {
  const names = ['name', ...Object.keys(NEW_PERSON)] as (keyof PersonFields)[];
  return Object.fromEntries(names.map((name) => [name, person[name]])) as unknown as PersonFields;
}

/**
 * A person's fields after a request: what it does not name stays.
 *
 * @throws {AppError} `people/reason-missing`, `people/validity-reversed`
 */
export function fieldsAfter(
  current: PersonFields,
  request: CreatePersonRequest | UpdatePersonRequest,
): PersonFields {
  const status = request.status ?? current.status;
  const after: PersonFields = {
    name: request.name?.normalize('NFC') ?? current.name,
    siteId: given(request.siteId, current.siteId),
    employeeNumber: given(request.employeeNumber, current.employeeNumber),
    department: given(request.department, current.department),
    email: given(request.email, current.email),
    phone: given(request.phone, current.phone),
    customFields: mergedFields(current.customFields, request.customFields),
    validFrom: givenInstant(request.validFrom, current.validFrom),
    validUntil: givenInstant(request.validUntil, current.validUntil),
    status,
    statusReason: status === 'active' ? null : given(request.statusReason, reasonOf(current, status)),
    extendedDoorTime: request.extendedDoorTime ?? current.extendedDoorTime,
    idleExempt: request.idleExempt ?? current.idleExempt,
  };
  assertSound(after);
  return after;
}

/** Names of the fields that differ. */
export function changedFields(before: PersonFields, after: PersonFields): (keyof PersonFields)[] {
  const names = Object.keys(after) as (keyof PersonFields)[];
  return names.filter((name) => asText(before[name]) !== asText(after[name]));
}

/**
 * Whether doors may have a person's templates at an instant: while active, within their time, and, of a visitor who
 * comes again and again, during the hours of the visit.
 */
export function belongsAtDoors(
  { status, validFrom, validUntil }: Pick<PersonFields, 'status' | 'validFrom' | 'validUntil'>,
  at: Date,
  recurrence: VisitRecurrence | null = null,
): boolean {
  if (status !== 'active' || (recurrence && !visitCovers(recurrence, at))) return false;
  return (validFrom === null || validFrom <= at) && (validUntil === null || at < validUntil);
}

/** A reason stays only with the status that it was given for. */
function reasonOf(current: PersonFields, status: PersonFields['status']): string | null {
  return current.status === status ? current.statusReason : null;
}

function given<T>(value: T | undefined, current: T): T {
  return value === undefined ? current : value;
}

function givenInstant(value: string | null | undefined, current: Date | null): Date | null {
  if (value === undefined) return current;
  return value === null ? null : new Date(value);
}

function mergedFields(
  current: PersonFields['customFields'],
  changes: UpdatePersonRequest['customFields'] = {},
): PersonFields['customFields'] {
  const entries = Object.entries({ ...current, ...changes });
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number] => entry[1] !== null).sort(byKey),
  );
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function assertSound({ status, statusReason, validFrom, validUntil }: PersonFields): void {
  if (status !== 'active' && statusReason === null) {
    throw new AppError('invalid', 'people/reason-missing', 'A reason is missing.', {
      detail: `Say in statusReason why the person is ${status}.`,
      issues: [{ path: 'statusReason', message: `is needed for a person who is ${status}` }],
    });
  }
  if (validFrom && validUntil && validFrom >= validUntil) {
    throw new AppError('invalid', 'people/validity-reversed', 'The validity ends before it begins.', {
      detail: 'Let validUntil be later than validFrom, or leave one of them out.',
      issues: [{ path: 'validUntil', message: 'must be later than validFrom' }],
    });
  }
}

function asText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  return JSON.stringify(Object.entries(value).sort(byKey));
}
