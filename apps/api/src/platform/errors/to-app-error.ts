import { HttpException } from '@nestjs/common';
import { ZodSerializationException, ZodValidationException } from 'nestjs-zod';
import { ZodError } from 'zod';
import { isDatabaseUnavailable } from '../database/database-errors';
import { AppError, type ErrorKind, type Issue } from './app-error';

/** The most issues that an answer lists. */
const ISSUES_MAX = 20;

const KIND_OF_STATUS: Readonly<Record<number, [ErrorKind, `${string}/${string}`, string]>> = {
  400: ['invalid', 'request/malformed', 'The request could not be read.'],
  404: ['not-found', 'request/no-such-path', 'There is nothing here.'],
  413: ['too-large', 'request/too-large', 'The request is too large.'],
  415: ['unsupported', 'request/unsupported-type', 'The request has a type that is not supported.'],
};

/** What schema errors are told as. */
export function issuesOf(error: ZodError): Issue[] {
  return error.issues
    .slice(0, ISSUES_MAX)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}

/** Makes of anything thrown what may be told: our own errors as they are, the rest as little as possible. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodValidationException) {
    const cause = error.getZodError();
    const issues = cause instanceof ZodError ? issuesOf(cause) : [];
    return new AppError('invalid', 'request/invalid', 'The request is not valid.', { issues });
  }
  if (isDatabaseUnavailable(error)) {
    return new AppError('unavailable', 'database/unavailable', 'The database does not answer.', {
      detail: 'Nothing was changed. Try again in a moment; if it stays, look at the database server.',
      retryAfterSeconds: 5,
      cause: error,
    });
  }
  const status = statusOf(error);
  const known = status === undefined ? undefined : KIND_OF_STATUS[status];
  if (known) {
    const [kind, code, title] = known;
    return new AppError(kind, code, title, { detail: (error as Error).message });
  }
  const cause = error instanceof ZodSerializationException ? error.getZodError() : error;
  return new AppError('internal', 'server/internal', 'Something went wrong in the server.', {
    detail: 'It was logged with the id of this request.',
    cause,
  });
}

/** Nest's exceptions and those of Express' body parsers carry a status. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}
