/** How many keys are kept, and for how long. */
export interface KeyCacheOptions {
  readonly entriesMax: number;
  readonly ageMaxMs: number;
  /** A clock that only goes forward, ms. */
  readonly now: () => number;
}

interface Entry {
  readonly key: Uint8Array;
  readonly expiresAtMs: number;
}

/**
 * Keys that were unwrapped lately, found by their wrapped form: a row that was wrapped anew, or is gone, never finds an
 * old key. Bounded in number and age; what is dropped is overwritten with zeros first.
 */
export class KeyCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly options: KeyCacheOptions) {}

  get size(): number {
    return this.entries.size;
  }

  /** A copy that the caller overwrites when done, or undefined. */
  take(wrapped: Uint8Array): Uint8Array | undefined {
    this.expire();
    const entry = this.entries.get(nameOf(wrapped));
    return entry && Uint8Array.from(entry.key);
  }

  /** Keeps a copy. */
  put(wrapped: Uint8Array, key: Uint8Array): void {
    this.expire();
    this.drop(nameOf(wrapped));
    const { entriesMax, ageMaxMs, now } = this.options;
    this.entries.set(nameOf(wrapped), { key: Uint8Array.from(key), expiresAtMs: now() + ageMaxMs });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= entriesMax) return;
      this.drop(oldest);
    }
  }

  clear(): void {
    for (const name of this.entries.keys()) this.drop(name);
  }

  private expire(): void {
    const now = this.options.now();
    for (const [name, entry] of this.entries) {
      // The order of the map is that in which they expire.
      if (entry.expiresAtMs > now) return;
      this.drop(name);
    }
  }

  private drop(name: string): void {
    this.entries.get(name)?.key.fill(0);
    this.entries.delete(name);
  }
}

function nameOf(wrapped: Uint8Array): string {
  return Buffer.from(wrapped).toString('base64');
}
