import { SecretBox } from './secret-box';

/** A key that is to be kept, bound to what it is for. */
export interface PlainKey {
  /** Names the row that it belongs to; the same text unwraps it. */
  readonly context: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** A key as the database keeps it. */
export interface WrappedKey {
  readonly context: string;
  readonly wrapped: Uint8Array;
}

/** What wraps the keys of people; it never leaves its keeper, and keepers differ. */
export interface MasterKey {
  /** Names this key among others, for ever, and tells nothing of it. */
  readonly id: string;
  /** In the order given. @throws {AppError} `crypto/key-service` when the keeper cannot be asked now */
  wrap(keys: readonly PlainKey[]): Promise<Buffer[]>;
  /**
   * In the order given; the caller owns the bytes.
   *
   * @throws {AppError} `crypto/key-service`; `crypto/unreadable` when one was changed, moved, or wrapped with another
   */
  unwrap(keys: readonly WrappedKey[]): Promise<Uint8Array[]>;
}

/** A master key that this process holds itself. */
export class LocalMasterKey implements MasterKey {
  readonly id: string;
  /** Opens what a release sealed that had no keys of people. */
  readonly box: SecretBox;

  /** @param key 32 bytes; not copied */
  constructor(key: Uint8Array) {
    this.box = new SecretBox(key);
    this.id = `local-${this.box.keyCheck().toString('hex').slice(0, 16)}`;
  }

  wrap(keys: readonly PlainKey[]): Promise<Buffer[]> {
    return Promise.resolve(keys.map(({ key, context }) => this.box.seal(key, context)));
  }

  // Asynchronous, so that a failure is a rejection as it is with a keeper that is elsewhere.
  async unwrap(keys: readonly WrappedKey[]): Promise<Uint8Array[]> {
    return Promise.resolve(keys.map(({ wrapped, context }) => this.box.open(wrapped, context)));
  }
}
