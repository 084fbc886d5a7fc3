// @ts-check
import { t, wordFor } from './words.mjs';

/** A refusal of the door's computer, in words for people. */
export class Refusal extends Error {
  /** @param {{status: number, code: string, title: string, issues?: {path: string, message: string}[], facts?: Record<string, unknown>}} problem */
  constructor(problem) {
    super(wordFor(`error.${problem.code}`) ?? wordsOf(problem));
    this.code = problem.code;
    this.status = problem.status;
    this.facts = problem.facts ?? {};
    this.issues = problem.issues ?? [];
  }
}

/** @param {{title: string, issues?: {path: string, message: string}[]}} problem */
function wordsOf({ title, issues = [] }) {
  const told = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return [title, ...told].join(' ');
}

/**
 * Asks the door's computer.
 *
 * @param {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
 * @param {string} path
 * @param {unknown} [body] JSON, or a Blob that is sent as it is
 * @returns {Promise<any>} the answer; undefined where there is none
 * @throws {Refusal}
 */
export async function ask(method, path, body) {
  const isBlob = body instanceof Blob;
  const response = await fetch(path, {
    method,
    ...(body === undefined
      ? {}
      : {
          headers: { 'content-type': isBlob ? 'application/octet-stream' : 'application/json' },
          body: isBlob ? body : JSON.stringify(body),
        }),
  }).catch(() => {
    throw new Refusal({ status: 0, code: 'page/away', title: t('error.page/away') });
  });
  if (response.status === 204) return undefined;
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  const problem = answer ?? { status: response.status, code: 'page/unexpected', title: response.statusText };
  if (problem.code === 'page/unauthenticated') document.dispatchEvent(new Event('munjigi:signed-out'));
  throw new Refusal(problem);
}
