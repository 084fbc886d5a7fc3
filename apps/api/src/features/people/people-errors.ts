import { violatedConstraint } from '../../platform/database/database-errors';
import { AppError } from '../../platform/errors/app-error';
import type { Person } from './person.entity';

/** There is no such person, or not any more. */
export function personNotFound(): AppError {
  return new AppError('not-found', 'people/not-found', 'There is no such person.');
}

/** No picture of the person is kept, or there is no such person. */
export function noPortrait(): AppError {
  return new AppError('not-found', 'people/no-portrait', 'There is no picture of this person.');
}

/** Somebody else has changed the person since the caller looked: says which fields, and what they are now. */
export function changedMeanwhile(person: Person, seenVersion: number): AppError {
  const names = Object.entries(person.fieldVersions)
    .filter(([, version]) => version > seenVersion)
    .map(([name]) => name)
    .sort();
  return new AppError('conflict', 'people/changed-meanwhile', 'The person has changed meanwhile.', {
    detail:
      `You saw version ${seenVersion}; it is version ${person.version} now` +
      `${names.length > 0 ? `, with another ${names.join(', ')}` : ''}. Look again, then make your change.`,
    issues: names.map((name) => ({ path: name, message: `is now ${currentValue(person, name)}` })),
  });
}

/** Makes of a violated constraint of a person's row the refusal that it stands for; anything else is handed on as it is. */
export function refusalOfWrite(error: unknown): unknown {
  switch (violatedConstraint(error)) {
    case 'person_employee_number_key':
      return new AppError('conflict', 'people/employee-number-taken', 'The employee number is taken.', {
        detail: 'Another person has it. Give this one another number, or none.',
        issues: [{ path: 'employeeNumber', message: 'belongs to another person' }],
        cause: error,
      });
    case 'person_site_fk':
      return new AppError('invalid', 'people/unknown-site', 'There is no such site.', {
        issues: [{ path: 'siteId', message: 'is no site' }],
        cause: error,
      });
    default:
      return error;
  }
}

function currentValue(person: Person, name: string): string {
  const value: unknown = name in person ? person[name as keyof Person] : undefined;
  // Groups are kept elsewhere.
  return value === undefined ? 'another' : JSON.stringify(value);
}
