import { ApiError } from './api-error';

/** What to tell a person of an error: what is wrong, and what to do about it if anything. */
export interface ErrorText {
  readonly title: string;
  readonly hint: string | null;
}

/** Looks up texts in the reader's language; null where there is none. */
export type ErrorTexts = (code: string) => ErrorText | null;

/**
 * The text of an error in the reader's language.
 *
 * A code that we have no words for falls back to its status's class, and keeps the server's own words as the hint:
 * better English than nothing to go on.
 */
export function errorText(error: unknown, texts: ErrorTexts, unknown: ErrorText): ErrorText {
  if (!(error instanceof ApiError)) return unknown;
  const known = texts(error.code);
  if (known) return known;
  const ofClass = texts(classOf(error.status)) ?? unknown;
  const words = [error.problem?.title, error.problem?.detail].filter(Boolean).join('. ');
  return { title: ofClass.title, hint: words === '' ? ofClass.hint : words };
}

function classOf(status: number): string {
  if (status === 401 || status === 403) return `http/${status}`;
  if (status === 404) return 'http/404';
  if (status === 413) return 'enrolment/image-too-large';
  if (status === 429) return 'http/429';
  return status >= 500 ? 'http/5xx' : 'http/4xx';
}
