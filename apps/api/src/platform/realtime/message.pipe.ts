import { Injectable, type PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { AppError } from '../errors/app-error';
import { issuesOf } from '../errors/to-app-error';

/** Lets a socket message reach its handler only when it fits its schema. */
@Injectable()
export class MessagePipe<T extends z.ZodType> implements PipeTransform<unknown, z.output<T>> {
  constructor(private readonly schema: T) {}

  /** @throws {AppError} `message/invalid`, with the place of each mistake. */
  transform(message: unknown): z.output<T> {
    const result = this.schema.safeParse(message);
    if (result.success) return result.data;
    throw new AppError('invalid', 'message/invalid', 'The message does not fit its schema.', {
      issues: issuesOf(result.error),
    });
  }
}
