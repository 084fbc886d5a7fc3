import type { PersonFields } from './person-fields';

type Accounted = keyof PersonFields | 'groups';

/** What the account says of a field that must not outlive the person's erasure: that it was set, not to what. */
const WITHHELD = '[withheld]';

/** Fields that say who somebody is. The account is never changed, so what erasure must reach is not in it. */
const IDENTIFYING: ReadonlySet<Accounted> = new Set(['name', 'employeeNumber', 'email', 'phone']);

/** What the account keeps of these fields: values where they say what may be done, a mark where they say who it is. */
export function accountOf(
  names: readonly Accounted[],
  fields: PersonFields,
  groupIds: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name, fields, groupIds)]));
}

function valueOf(name: Accounted, fields: PersonFields, groupIds: readonly string[]): unknown {
  if (name === 'groups') return [...groupIds];
  if (name === 'customFields') {
    return Object.fromEntries(Object.keys(fields.customFields).map((key) => [key, WITHHELD]));
  }
  const value = fields[name];
  if (IDENTIFYING.has(name)) return value === null ? null : WITHHELD;
  return value instanceof Date ? value.toISOString() : value;
}
