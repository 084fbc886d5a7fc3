import { randomBytes } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
import { KeyCache } from '../../platform/crypto/key-cache';
import { KeyRing } from '../../platform/crypto/key-ring';
import { unwrapAll, wrappingKey, type KeptKey } from '../../platform/crypto/master-keys';
import { SecretBox } from '../../platform/crypto/secret-box';

const KEY_BYTES = 32;
/** A page of templates for every door at once; 32 bytes each. */
const CACHED_MAX = 4_096;
const CACHED_MS = 5 * 60_000;

/** The box of one person. @throws {AppError} `crypto/no-person-key` */
export type BoxOf = (personId: string) => SecretBox;

interface Row {
  readonly person_id: string;
  readonly master_key_id: string;
  readonly wrapped_key: Buffer;
}

/**
 * The keys of people, one each. Every use reads the row: a key that was destroyed is not found in any cache, in no
 * process.
 */
@Injectable()
export class PersonKeys implements OnApplicationShutdown {
  private readonly cache = new KeyCache({
    entriesMax: CACHED_MAX,
    ageMaxMs: CACHED_MS,
    now: () => performance.now(),
  });

  constructor(private readonly ring: KeyRing) {}

  onApplicationShutdown(): void {
    this.cache.clear();
  }

  /** Makes the keys that are missing, in the caller's transaction. */
  async ensure(manager: EntityManager, personIds: readonly string[]): Promise<void> {
    const known = new Set((await this.rows(manager, personIds)).map((row) => row.person_id));
    const missing = [...new Set(personIds)].filter((id) => !known.has(id));
    if (missing.length === 0) return;
    const master = await wrappingKey(manager, this.ring);
    const plain = missing.map((id) => ({ context: personKeyContext(id), key: randomBytes(KEY_BYTES) }));
    const wrapped = await master.wrap(plain);
    for (const { key } of plain) key.fill(0);
    // Another transaction may have made one meanwhile: then that one holds.
    await manager.query(
      `INSERT INTO person_key (person_id, master_key_id, wrapped_key, created_at)
       SELECT person_id, $3, wrapped_key, now() FROM unnest($1::uuid[], $2::bytea[]) AS given (person_id, wrapped_key)
       ON CONFLICT (person_id) DO NOTHING`,
      [missing, wrapped, master.id],
    );
  }

  /** Calls `work` with the boxes of these people; they are of use only within it. */
  async with<T>(manager: EntityManager, personIds: readonly string[], work: (boxOf: BoxOf) => T): Promise<T> {
    const keys = await this.open(await this.rows(manager, personIds));
    try {
      return work((personId) => {
        const key = keys.get(personId);
        if (key) return new SecretBox(key, 2);
        throw new AppError('internal', 'crypto/no-person-key', 'The key of this person is not there.');
      });
    } finally {
      for (const key of keys.values()) key.fill(0);
    }
  }

  /** Copies that are the caller's to overwrite. */
  private async open(rows: readonly Row[]): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>();
    const unknown: (KeptKey & { personId: string })[] = [];
    for (const row of rows) {
      const cached = this.cache.take(row.wrapped_key);
      if (cached) found.set(row.person_id, cached);
      else unknown.push(keptKeyOf(row));
    }
    const opened = unknown.length === 0 ? [] : await unwrapAll(this.ring, unknown);
    unknown.forEach(({ personId, wrapped }, index) => {
      const key = opened[index] as Uint8Array;
      found.set(personId, key);
      this.cache.put(wrapped, key);
    });
    return found;
  }

  private rows(manager: EntityManager, personIds: readonly string[]): Promise<Row[]> {
    return manager.query<Row[]>(
      'SELECT person_id, master_key_id, wrapped_key FROM person_key WHERE person_id = ANY($1::uuid[])',
      [[...new Set(personIds)]],
    );
  }
}

/** What a person's key is bound to when it is wrapped. */
export function personKeyContext(personId: string): string {
  return `person-key/${personId}`;
}

function keptKeyOf({ person_id: personId, master_key_id: masterKeyId, wrapped_key: wrapped }: Row) {
  return { personId, masterKeyId, wrapped, context: personKeyContext(personId) };
}
