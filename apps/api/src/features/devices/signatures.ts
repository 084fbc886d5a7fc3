import { createHash, createPublicKey, verify } from 'node:crypto';

/** DER of an Ed25519 public key up to its 32 bytes: RFC 8410, section 4. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether a text was signed by the private key of an Ed25519 public key. Nonsense is not. @param publicKey 32 bytes */
export function isSignedBy(publicKey: Buffer, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([SPKI_PREFIX, publicKey]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

/** What a key is told apart by: SHA-256 of its 32 bytes, hexadecimal. */
export function fingerprintOf(publicKey: Buffer): string {
  return createHash('sha256').update(publicKey).digest('hex');
}
