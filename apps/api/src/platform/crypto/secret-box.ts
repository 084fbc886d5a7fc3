import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../errors/app-error';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Seals secrets for storage with AES-256-GCM.
 *
 * A sealed value is bound to a context, a text that names the row it belongs to: moved to another row it does not
 * open. Layout: format (1 byte), nonce (12, random), tag (16), ciphertext. The format says what kind of key it was: 1
 * for the deployment's own, 2 for that of one person.
 */
export class SecretBox {
  /** @param key 32 bytes; not copied. */
  constructor(
    private readonly key: Uint8Array,
    private readonly format: 1 | 2 = 1,
  ) {}

  seal(secret: Uint8Array, context: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    cipher.setAAD(Buffer.from(context, 'utf8'));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([Buffer.of(this.format), nonce, cipher.getAuthTag(), sealed]);
  }

  /**
   * @returns a new buffer of its own memory, aligned for any typed array.
   * @throws {AppError} `crypto/unreadable` when the value was changed, moved, or sealed with another key.
   */
  open(sealed: Uint8Array, context: string): Uint8Array {
    try {
      if (sealed.length < HEADER_BYTES || sealed[0] !== this.format) throw new Error('not a sealed value');
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context, 'utf8'));
      decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
      const opened = Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
      return Uint8Array.from(opened);
    } catch (cause) {
      throw new AppError('internal', 'crypto/unreadable', 'A sealed value could not be opened.', { cause });
    }
  }

  /** A value that tells whether a key is this one, and nothing else about it. */
  keyCheck(): Buffer {
    return createHmac('sha256', this.key).update('munjigi key check').digest();
  }
}
