import type { z } from 'zod';
import { AppError } from '../../platform/errors/app-error';
import { issuesOf } from '../../platform/errors/to-app-error';

/** The text fields that came with a photo. @throws {AppError} `request/invalid` */
export function parseFields<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'request/invalid', 'The request is not valid.', {
    issues: issuesOf(parsed.error),
  });
}
