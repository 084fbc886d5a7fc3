import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a ciphertext belongs to: it opens in no other row. */
export interface TemplateBinding {
  readonly templateId: string;
  readonly personId: string;
  readonly modelId: string;
}

/** Encrypts embeddings with AES-256-GCM under the device's key, each bound to its template, person and model. */
export class TemplateCipher {
  readonly #key: Buffer;

  /** @param key 32 bytes. */
  constructor(key: Buffer) {
    this.#key = key;
  }

  /** @returns nonce (12 bytes), tag (16 bytes), ciphertext (4 bytes a dimension, little-endian float32). */
  seal(embedding: Float32Array, binding: TemplateBinding): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(associated(binding));
    const plain = Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @returns the embedding; null when the key is another, or a byte or the row was changed. */
  open(sealed: Uint8Array, binding: TemplateBinding): Float32Array | null {
    if (sealed.byteLength < NONCE_BYTES + TAG_BYTES || (sealed.byteLength - NONCE_BYTES - TAG_BYTES) % 4)
      return null;
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(associated(binding))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const plain = Buffer.concat([
        decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]);
      return new Float32Array(new Uint8Array(plain).buffer);
    } catch {
      return null;
    }
  }
}

function associated({ templateId, personId, modelId }: TemplateBinding): Buffer {
  return Buffer.from(`munjigi-template-1\n${templateId}\n${personId}\n${modelId}`);
}
