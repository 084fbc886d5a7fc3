import type { EntityManager } from 'typeorm';
import { AppError } from '../errors/app-error';
import type { KeyRing } from './key-ring';
import type { MasterKey, WrappedKey } from './master-key';

/** A wrapped key and the name of the master key that wrapped it. */
export interface KeptKey extends WrappedKey {
  readonly masterKeyId: string;
}

/**
 * The master key that wraps now. The caller's transaction keeps a rotation from going to another until it ends, so
 * that after a switch nothing comes that the old key wrapped.
 */
export async function wrappingKey(manager: EntityManager, ring: KeyRing): Promise<MasterKey> {
  const [row] = await manager.query<{ master_key_id: string | null }[]>(
    'SELECT master_key_id FROM deployment WHERE id = 1 FOR SHARE',
  );
  if (!row?.master_key_id)
    throw new AppError('internal', 'crypto/not-prepared', 'There is no master key yet.');
  return ring.get(row.master_key_id);
}

/** Unwraps keys of several master keys, in the order given, with one question to each. */
export async function unwrapAll(ring: KeyRing, keys: readonly KeptKey[]): Promise<Uint8Array[]> {
  const opened = new Map<KeptKey, Uint8Array>();
  for (const id of new Set(keys.map((key) => key.masterKeyId))) {
    const mine = keys.filter((key) => key.masterKeyId === id);
    const plain = await (await ring.get(id)).unwrap(mine);
    mine.forEach((key, index) => opened.set(key, plain[index] as Uint8Array));
  }
  return keys.map((key) => opened.get(key) as Uint8Array);
}
