import { AppError, type Issue } from '../../platform/errors/app-error';

/** There is no such document, or not any more. */
export function notFound(what: string): AppError {
  return new AppError('not-found', 'access/not-found', `There is no such ${what}.`);
}

/** A document speaks of what is not there, or not within its reach. */
export function unusable(issues: readonly Issue[]): AppError {
  return new AppError(
    'unprocessable',
    'access/unusable',
    'The rules would speak of something that they cannot use.',
    {
      detail: 'Nothing was changed. Look at what is named, and correct it.',
      issues,
    },
  );
}

/** A document that others speak of cannot go. */
export function inUse(names: readonly string[]): AppError {
  return new AppError('conflict', 'access/in-use', 'It is still used.', {
    detail: `Take it out of ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' and others' : ''} first.`,
  });
}

/** Two documents of a kind have the same name at one place. */
export function nameTaken(name: string): AppError {
  return new AppError('conflict', 'access/name-taken', `The name ${name} is taken.`, {
    detail: 'Give it another name.',
  });
}
