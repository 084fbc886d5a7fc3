import { createHmac } from 'node:crypto';

/** A message, as it is signed. */
export interface SignedContent {
  /** The same for every attempt. */
  readonly id: string;
  /** When this attempt is made. */
  readonly at: Date;
  /** Exactly the bytes that are sent, as text. */
  readonly body: string;
}

/**
 * The headers that prove who sent a message, when, and that nothing was changed: one signature for each secret, so that
 * a receiver that knows any of them is content.
 *
 * @param keys what HMAC-SHA256 is keyed with, newest first; at least one
 * @see https://www.standardwebhooks.com
 */
export function signatureHeaders(
  { id, at, body }: SignedContent,
  keys: readonly Uint8Array[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = keys.map((key) => {
    const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return `v1,${digest}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
