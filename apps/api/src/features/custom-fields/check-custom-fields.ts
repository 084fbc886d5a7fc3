import { calendarDateSchema, type CustomField, type CustomFieldValue } from '@munjigi/contracts';
import type { Issue } from '../../platform/errors/app-error';

type Definition = Pick<CustomField, 'key' | 'type' | 'choices'>;

/** What is wrong with values that are to be set; a null, which takes a value away, is never wrong. */
export function customFieldIssues(
  definitions: readonly Definition[],
  values: Readonly<Record<string, CustomFieldValue | null>>,
): Issue[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === null) return [];
    const definition = definitions.find((candidate) => candidate.key === key);
    const message = definition ? problemOf(definition, value) : 'is no field of this organisation';
    return message === null ? [] : [{ path: `customFields.${key}`, message }];
  });
}

function problemOf({ type, choices }: Definition, value: CustomFieldValue): string | null {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? null : 'must be a text';
    case 'number':
      return typeof value === 'number' ? null : 'must be a number';
    case 'date':
      return calendarDateSchema.safeParse(value).success ? null : 'must be a day such as 2026-10-31';
    case 'choice':
      return typeof value === 'string' && choices.includes(value)
        ? null
        : `must be one of: ${choices.join(', ')}`;
  }
}
