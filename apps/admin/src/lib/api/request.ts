import { type Answer, type SchemaName, readAnswer } from './answers';
import { ApiError, CLIENT_CODES, errorOfAnswer, isSignedOut } from './api-error';
import { askToSignIn } from './signed-out';

/** One request to the server. */
export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Added to the path; undefined and empty values are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON, or as a form when it is `FormData`. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** False where it makes no sense to sign in again for it. */
  readonly waitsForSignIn?: boolean;
}

/**
 * Asks the server and gives its answer, of the shape that the contract's schema of this name reads.
 *
 * @param path from the origin's root, such as `/api/people`
 * @throws {ApiError} with the problem's code when refused; `client/unreachable` when no answer came;
 *   `client/unexpected-answer` when the answer is none that {@link readAnswer} accepts.
 */
export async function request<N extends SchemaName>(
  path: string,
  schema: N,
  options: RequestOptions = {},
): Promise<Answer<N>> {
  const response = await send(path, options);
  const answer = await readAnswer(schema, await readJson(response));
  if (answer === null) throw new ApiError(CLIENT_CODES.unexpected, response.status);
  return answer;
}

/** As {@link request}, for an answer without a body. */
export async function requestNothing(path: string, options: RequestOptions = {}): Promise<void> {
  await send(path, options);
}

/** The path with its query, in the order given. */
export function pathWithQuery(path: string, query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

/** Sends it; where the session has ended, once more when somebody has signed in again. */
async function send(path: string, options: RequestOptions): Promise<Response> {
  const response = await sendOnce(path, options);
  if (response.ok) return response;
  const error = errorOfAnswer(response.status, await readJson(response));
  const waits = isSignedOut(error) && options.waitsForSignIn !== false;
  if (!waits || !(await askToSignIn())) throw error;
  return send(path, { ...options, waitsForSignIn: false });
}

async function sendOnce(
  path: string,
  { method = 'GET', query, body, headers, signal }: RequestOptions,
): Promise<Response> {
  const isForm = body instanceof FormData;
  try {
    return await fetch(pathWithQuery(path, query), {
      method,
      signal: signal ?? null,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        Accept: 'application/json',
        ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(CLIENT_CODES.unreachable, 0, null, { cause });
  }
}

/** The body as JSON; null when it is none, which no schema of ours accepts. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return null;
  }
}
