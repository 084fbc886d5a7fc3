import type { CustomField, Person, UpdatePersonRequest } from '@munjigi/contracts';
import { instantOfLocalInput, localInputOf } from '../../events/event-filters';

/** A person as a form has them: texts, empty where nothing is known. */
export interface PersonDraft {
  readonly name: string;
  readonly employeeNumber: string;
  readonly department: string;
  readonly email: string;
  readonly phone: string;
  /** Local time, as `<input type="datetime-local">` has it. */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly siteId: Person['siteId'];
  readonly groupIds: Person['groups'][number]['id'][];
  readonly customFields: Readonly<Record<string, string>>;
  readonly extendedDoorTime: boolean;
  readonly idleExempt: boolean;
}

/** A person as the form shows them. */
export function draftOfPerson(person: Person): PersonDraft {
  return {
    name: person.name,
    employeeNumber: person.employeeNumber ?? '',
    department: person.department ?? '',
    email: person.email ?? '',
    phone: person.phone ?? '',
    validFrom: localInputOf(person.validFrom ?? undefined),
    validUntil: localInputOf(person.validUntil ?? undefined),
    siteId: person.siteId,
    groupIds: person.groups.map(({ id }) => id),
    customFields: Object.fromEntries(
      Object.entries(person.customFields).map(([key, value]) => [key, String(value)]),
    ),
    extendedDoorTime: person.extendedDoorTime,
    idleExempt: person.idleExempt,
  };
}

/**
 * What of the draft differs from the person, as the server takes it: what was not touched is not named, so that times
 * to the second stay what they were.
 */
export function changeOfDraft(
  person: Person,
  draft: PersonDraft,
  fields: readonly CustomField[],
): UpdatePersonRequest {
  const before = draftOfPerson(person);
  const isChanged = (key: keyof PersonDraft) => JSON.stringify(before[key]) !== JSON.stringify(draft[key]);
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  const all: UpdatePersonRequest = {
    name: draft.name.trim(),
    employeeNumber: text(draft.employeeNumber),
    department: text(draft.department),
    email: text(draft.email),
    phone: text(draft.phone),
    validFrom: instantOfLocalInput(draft.validFrom) ?? null,
    validUntil: instantOfLocalInput(draft.validUntil) ?? null,
    siteId: draft.siteId,
    groupIds: draft.groupIds,
    customFields: customOf(before, draft, fields),
    extendedDoorTime: draft.extendedDoorTime,
    idleExempt: draft.idleExempt,
  };
  return Object.fromEntries(Object.entries(all).filter(([key]) => isChanged(key as keyof PersonDraft)));
}

/** The custom fields that differ; null takes a value away. */
function customOf(before: PersonDraft, draft: PersonDraft, fields: readonly CustomField[]) {
  return Object.fromEntries(
    fields
      .filter(({ key }) => (before.customFields[key] ?? '') !== (draft.customFields[key] ?? ''))
      .map(({ key, type }) => {
        const value = (draft.customFields[key] ?? '').trim();
        if (value === '') return [key, null];
        return [key, type === 'number' ? Number(value) : value];
      }),
  );
}
