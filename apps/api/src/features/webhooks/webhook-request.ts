import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { WebhookAttempt, WebhookFault } from '@munjigi/contracts';
import { ForbiddenAddress, type OutboundNetworks } from '../../platform/http/outbound-networks';

/** What of an answer is read, bytes, and what of that is kept, characters. */
const ANSWER_BYTES = 2_000;
const EXCERPT_LENGTH = 500;

/** What is sent to whom. */
export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For all of it: name, connection, answer. */
  readonly timeoutMs: number;
  /** Ends it before, with no result. */
  readonly stopped: AbortSignal;
}

/**
 * Posts a message once, and tells how it went; never throws, follows no redirection, and connects only where
 * {@link OutboundNetworks} permits.
 *
 * @returns null when it was stopped
 */
export async function postOnce(
  post: WebhookPost,
  outbound: OutboundNetworks,
): Promise<WebhookAttempt | null> {
  const at = new Date();
  const startedAt = performance.now();
  const timeout = AbortSignal.timeout(post.timeoutMs);
  const outcome = await exchange(post, outbound, AbortSignal.any([timeout, post.stopped])).catch(
    (error: unknown): Outcome => ({ status: null, fault: faultOf(error, timeout), excerpt: null }),
  );
  if (post.stopped.aborted && outcome.status === null) return null;
  return { at: at.toISOString(), durationMs: Math.round(performance.now() - startedAt), ...outcome };
}

type Outcome = Pick<WebhookAttempt, 'status' | 'fault' | 'excerpt'>;

async function exchange(
  post: WebhookPost,
  outbound: OutboundNetworks,
  signal: AbortSignal,
): Promise<Outcome> {
  const url = new URL(post.url);
  if (outbound.rulesOut(url)) throw new ForbiddenAddress(`${url.hostname} may not be reached`);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const options = {
      method: 'POST',
      headers: { ...post.headers, 'content-length': Buffer.byteLength(post.body) },
      // A connection of its own: one that is kept was judged for another moment.
      agent: false,
      lookup: outbound.lookup(url.protocol),
      signal,
    };
    send(url, options, resolve).once('error', reject).end(post.body);
  });
  const status = response.statusCode ?? 0;
  const excerpt = await beginningOf(response);
  if (status >= 200 && status < 300) return { status, fault: null, excerpt };
  return { status, fault: status >= 300 && status < 400 ? 'redirected' : 'refused', excerpt };
}

/** What the answer begins with, as far as it came. The status is known: what goes wrong now changes nothing. */
async function beginningOf(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= ANSWER_BYTES) break;
    }
  } catch {
    // Cut off or too slow.
  }
  response.destroy();
  const text = Buffer.concat(chunks)
    .subarray(0, ANSWER_BYTES)
    .toString('utf8')
    .replaceAll('\u0000', '')
    .trim();
  // By characters, not by their halves.
  return text === '' ? null : [...text].slice(0, EXCERPT_LENGTH).join('');
}

function faultOf(error: unknown, timeout: AbortSignal): WebhookFault {
  if (error instanceof ForbiddenAddress) return 'forbidden-address';
  if (timeout.aborted) return 'timeout';
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-host';
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH)/.test(code))
    return 'tls';
  return 'unreachable';
}
