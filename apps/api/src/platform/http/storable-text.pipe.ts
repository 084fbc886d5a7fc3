import { Injectable, type PipeTransform } from '@nestjs/common';
import { AppError, type Issue } from '../errors/app-error';

/** The most places that a refusal names. */
const ISSUES_MAX = 20;

/**
 * Refuses text that PostgreSQL cannot keep as it came: with a NUL, or with half of a surrogate pair, wherever in a
 * body, a query or a path it stands. Without it such text would be a fault of ours, or be changed without a word.
 */
@Injectable()
export class StorableTextPipe implements PipeTransform {
  /** @throws {AppError} `request/unstorable-text` that names the places. */
  transform(value: unknown): unknown {
    const issues = unstorable(value);
    if (issues.length === 0) return value;
    throw new AppError('invalid', 'request/unstorable-text', 'The request has text that cannot be kept.', {
      detail: 'A text contains the character NUL or half of a surrogate pair. Leave that out.',
      issues,
    });
  }
}

/** With no recursion: a body may be nested deeper than the stack. */
function unstorable(root: unknown): Issue[] {
  const issues: Issue[] = [];
  const open: { readonly value: unknown; readonly path: string }[] = [{ value: root, path: '' }];
  for (let next = open.pop(); next !== undefined && issues.length < ISSUES_MAX; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && !isStorable(value)) issues.push({ path, message: 'cannot be kept' });
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue;
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) issues.push({ path, message: 'has a name that cannot be kept' });
      open.push({ value: inner, path: path === '' ? key.slice(0, 100) : `${path}.${key}`.slice(0, 200) });
    }
  }
  return issues;
}

/** With the flag for Unicode only a surrogate that has lost its other half is one. */
const isStorable = (text: string) => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
