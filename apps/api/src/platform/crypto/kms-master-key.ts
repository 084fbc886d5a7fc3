import { z } from 'zod';
import { AppError } from '../errors/app-error';
import type { MasterKey, PlainKey, WrappedKey } from './master-key';

/** The most keys that one request carries. */
const KEYS_PER_REQUEST_MAX = 200;
const ANSWER_TIMEOUT_MS = 10_000;

/** Where a key service is, and which of its keys is meant. */
export interface KeyServiceOptions {
  /** Address that `/v1/keys/…` is appended to. */
  readonly url: string;
  /** Name of the key at the service; one name means one key for ever. */
  readonly keyName: string;
  /** Sent as a bearer token. */
  readonly token?: string;
}

/** Far more than a wrapped key needs; it bounds what a broken service makes us keep. */
const textSchema = z.base64().max(4096);
const wrapAnswerSchema = z.object({ items: z.array(z.object({ ciphertext: textSchema })) });
const unwrapAnswerSchema = z.object({ items: z.array(z.object({ plaintext: textSchema })) });

/**
 * A master key that a key service holds: it wraps and unwraps there, and no copy is here.
 *
 * The contract is small, so that a few lines can stand before any service: `POST {url}/v1/keys/{name}/wrap` with
 * `{items: [{context, plaintext}]}` answers `{items: [{ciphertext}]}`, and `…/unwrap` with
 * `{items: [{context, ciphertext}]}` answers `{items: [{plaintext}]}`, bytes in base64, items in order, at most 200.
 * `context` must be bound to the ciphertext. 400 and 422 say that an item does not open; anything else but 200 means
 * that the service cannot be used now.
 */
export class KmsMasterKey implements MasterKey {
  readonly id: string;

  constructor(private readonly options: KeyServiceOptions) {
    this.id = `kms-${options.keyName}`;
  }

  async wrap(keys: readonly PlainKey[]): Promise<Buffer[]> {
    const wrapped = await inParts(keys, async (part) => {
      const items = part.map(({ context, key }) => ({
        context,
        plaintext: Buffer.from(key).toString('base64'),
      }));
      const answer = wrapAnswerSchema.parse(await this.ask('wrap', items));
      return answer.items.map((item) => Buffer.from(item.ciphertext, 'base64'));
    });
    return wrapped;
  }

  unwrap(keys: readonly WrappedKey[]): Promise<Uint8Array[]> {
    return inParts(keys, async (part) => {
      const items = part.map(({ context, wrapped }) => ({
        context,
        ciphertext: Buffer.from(wrapped).toString('base64'),
      }));
      const answer = unwrapAnswerSchema.parse(await this.ask('unwrap', items));
      return answer.items.map((item) => Uint8Array.from(Buffer.from(item.plaintext, 'base64')));
    });
  }

  private async ask(action: 'wrap' | 'unwrap', items: readonly object[]): Promise<unknown> {
    const { url, keyName, token } = this.options;
    const address = `${url.replace(/\/$/, '')}/v1/keys/${encodeURIComponent(keyName)}/${action}`;
    const res = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ items }),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw unavailable(cause);
    });
    if (res.status === 400 || res.status === 422) {
      throw new AppError('internal', 'crypto/unreadable', 'A key could not be unwrapped by the key service.');
    }
    if (!res.ok) throw unavailable(new Error(`the key service answered ${res.status}`));
    return res.json().catch((cause: unknown) => {
      throw unavailable(cause);
    });
  }
}

/** Does the work in parts of a bounded size, and refuses an answer that is not as long as what was asked. */
async function inParts<T, R>(items: readonly T[], work: (part: readonly T[]) => Promise<R[]>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += KEYS_PER_REQUEST_MAX) {
    const part = items.slice(at, at + KEYS_PER_REQUEST_MAX);
    const done = await work(part).catch((cause: unknown) => {
      throw cause instanceof z.ZodError
        ? unavailable(new Error('the answer does not fit the contract'))
        : cause;
    });
    if (done.length !== part.length) throw unavailable(new Error('the answer has another length'));
    results.push(...done);
  }
  return results;
}

function unavailable(cause: unknown): AppError {
  return new AppError('unavailable', 'crypto/key-service', 'The key service cannot be used now.', {
    detail: 'What is sealed stays sealed until it answers again. Look at MUNJIGI_KMS_URL and at the service.',
    cause,
    retryAfterSeconds: 5,
  });
}
