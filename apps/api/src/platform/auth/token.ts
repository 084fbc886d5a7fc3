import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, in base64url: 43 characters. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. It has the strength of a random key, so a plain hash is enough. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
