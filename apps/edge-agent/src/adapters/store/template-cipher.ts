import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a ciphertext belongs to: it opens in no other row. */
export interface TemplateBinding {
  readonly templateId: string;
  readonly personId: string;
  readonly modelId: string;
  /** The transform that the embedding is kept in, or null. */
  readonly transformId: string | null;
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
    const plain = Buffer.from(embedding.buffer, embedding.byteOffset, embedding.byteLength);
    return this.#seal(plain, associated(binding));
  }

  /** Seals the secret of a transform. @returns nonce, tag, ciphertext */
  sealSecret(secret: Uint8Array, transformId: string): Buffer {
    return this.#seal(secret, associatedTransform(transformId));
  }

  #seal(plain: Uint8Array, bound: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(bound);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** @returns the embedding; null when the key is another, or a byte or the row was changed. */
  open(sealed: Uint8Array, binding: TemplateBinding): Float32Array | null {
    const plain = this.#open(sealed, associated(binding));
    if (!plain || plain.byteLength % 4 !== 0) return null;
    return new Float32Array(plain.buffer, plain.byteOffset, plain.byteLength / 4);
  }

  /** @returns the secret of a transform; null when it cannot be had. */
  openSecret(sealed: Uint8Array, transformId: string): Uint8Array | null {
    return this.#open(sealed, associatedTransform(transformId));
  }

  /** @returns memory that is aligned for any typed array */
  #open(sealed: Uint8Array, bound: Buffer): Uint8Array | null {
    if (sealed.byteLength < NONCE_BYTES + TAG_BYTES) return null;
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(bound)
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const plain = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
      // GCM keeps nothing back: this only says whether it may be believed.
      decipher.final();
      return plain.byteOffset % 8 === 0 ? plain : new Uint8Array(plain);
    } catch {
      return null;
    }
  }
}

function associated({ templateId, personId, modelId, transformId }: TemplateBinding): Buffer {
  // Before there were transforms, the text ended with the model.
  const suffix = transformId === null ? '' : `\n${transformId}`;
  return Buffer.from(`munjigi-template-1\n${templateId}\n${personId}\n${modelId}${suffix}`);
}

function associatedTransform(transformId: string): Buffer {
  return Buffer.from(`munjigi-transform-1\n${transformId}`);
}
