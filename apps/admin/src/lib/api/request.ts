import type { z } from 'zod';
import { ApiError, CLIENT_CODES, errorOfAnswer } from './api-error';

/** One request to the server. */
export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Added to the path; undefined and empty values are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON, or as a form when it is `FormData`. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks the server and gives its answer as the schema reads it.
 *
 * @param path from the origin's root, such as `/api/people`
 * @throws {ApiError} with the problem's code when refused; `client/unreachable` when no answer came;
 *   `client/unexpected-answer` when the answer does not fit the schema.
 */
export async function request<T extends z.ZodType>(
  path: string,
  schema: T,
  options: RequestOptions = {},
): Promise<z.output<T>> {
  const response = await send(path, options);
  const parsed = schema.safeParse(await readJson(response));
  if (parsed.success) return parsed.data;
  throw new ApiError(CLIENT_CODES.unexpected, response.status, null, { cause: parsed.error });
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

async function send(
  path: string,
  { method = 'GET', query, body, headers, signal }: RequestOptions,
): Promise<Response> {
  const isForm = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(pathWithQuery(path, query), {
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
  if (!response.ok) throw errorOfAnswer(response.status, await readJson(response));
  return response;
}

/** The body as JSON; null when it is none, which no schema of ours accepts. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return null;
  }
}
