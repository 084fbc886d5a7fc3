import { createHash } from 'node:crypto';

/** What a picture is known by: SHA-256 of the JPEG, base64url. */
export function pictureHash(jpeg: Uint8Array): string {
  return createHash('sha256').update(jpeg).digest('base64url');
}
