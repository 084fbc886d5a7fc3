import type { z } from 'zod';
import { AppError } from '../errors/app-error';

/** A page's end as an opaque text for the client. */
export function encodeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

/**
 * The place that a client's cursor stands for.
 *
 * @throws {AppError} `request/invalid-cursor` when it is not one of ours.
 */
export function decodeCursor<T extends z.ZodType>(cursor: string, schema: T): z.output<T> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new AppError('invalid', 'request/invalid-cursor', 'The cursor is not one that this server gave.', {
      detail: 'Begin again without a cursor.',
      cause,
    });
  }
}
