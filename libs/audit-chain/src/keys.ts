import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { sha256 } from './chain';

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key pair that accounts are signed with. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** As {@link exportPublicKey} writes it. */
  readonly publicKey: string;
  readonly id: string;
}

/** An Ed25519 key from its seed. @param seed 32 bytes; not kept */
export function signingKey(seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = exportPublicKey(createPublicKey(privateKey));
  return { privateKey, publicKey, id: keyIdOf(publicKey) };
}

/** A public key as text: its SPKI form (44 bytes, DER) in base64. */
export function exportPublicKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64');
}

/** Reads what {@link exportPublicKey} wrote. @throws when it is not an Ed25519 public key */
export function importPublicKey(text: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('It is not an Ed25519 key.');
  return key;
}

/** Names a key: the first 16 hexadecimal digits of the SHA-256 of its SPKI form. */
export function keyIdOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'base64')).toString('hex').slice(0, 16);
}
