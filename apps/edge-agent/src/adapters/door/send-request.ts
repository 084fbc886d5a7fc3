import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AgentError } from '../../domain/agent-error';

/** One request to a relay. */
export interface RelayRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
  /** PEM; undefined: what the system trusts. */
  readonly ca: Buffer | undefined;
}

/** What a relay answered; its words are thrown away. */
export interface RelayAnswer {
  readonly status: number;
  readonly challenges: readonly string[];
}

/**
 * Sends one request, and follows nothing that it is sent on to.
 *
 * @throws {AgentError} `door/no-answer`; its message has the relay's origin alone, since addresses may hold secrets
 */
export function sendRequest({ url, body, ca, ...request }: RelayRequest): Promise<RelayAnswer> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void =>
      reject(new AgentError('door/no-answer', `${url.origin} does not answer. ${codeOf(cause)}`, { cause }));
    const options = {
      method: request.method,
      headers: headersOf(request.headers, body),
      ...(ca ? { ca } : {}),
    };
    const signal = AbortSignal.timeout(request.timeoutMs);
    const sent = send(url, { ...options, signal }, (response) => {
      response.resume();
      response.on('error', fail);
      response.on('end', () => resolve(answerOf(response)));
    });
    sent.on('error', fail);
    sent.end(body ?? undefined);
  });
}

function headersOf(headers: RelayRequest['headers'], body: string | null): Record<string, string> {
  return {
    ...headers,
    connection: 'close',
    ...(body === null ? {} : { 'content-length': `${Buffer.byteLength(body)}` }),
  };
}

function answerOf(response: IncomingMessage): RelayAnswer {
  const challenges = response.headersDistinct['www-authenticate'] ?? [];
  return { status: response.statusCode ?? 0, challenges };
}

/** The system's short word for what went wrong: long ones may quote the address. */
function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'Too slow.'
    : `${typeof code === 'string' ? code : error.name}.`;
}
