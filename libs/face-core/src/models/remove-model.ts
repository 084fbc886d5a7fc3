import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { FaceCoreError } from '../errors';
import { addedDirectory, isAdded, readAdded, type AddedOptions } from './added-store';
import { asWriteError, temporaryIn } from './files';
import { readLock } from './lock';
import { reserveName } from './removed-names';

/**
 * Takes a site's own model away, sound or damaged. An embedder's name stays reserved for the same network, since
 * templates carry it.
 *
 * @throws {FaceCoreError} `models/not-added` for a model of the product, `models/unknown`, `models/not-writable`
 */
export async function removeModel(
  id: string,
  options: AddedOptions & { lockPath?: string } = {},
): Promise<void> {
  const folder = addedDirectory(options);
  if (!(await isAdded(id, options))) throw notAdded(id, options.lockPath);
  // One whose record is damaged has no network that could come back under its name.
  const model = await readAdded(id, options).catch(() => undefined);
  try {
    if (model) await reserveName({ ...model, sha256: model.network.sha256 }, options);
    const aside = temporaryIn(folder, id);
    // Gone for everybody at once, whatever happens while its files are deleted.
    await rename(join(folder, id), aside);
    await rm(aside, { recursive: true });
  } catch (error) {
    throw asWriteError(error, folder);
  }
}

function notAdded(id: string, lockPath?: string): FaceCoreError {
  return readLock(lockPath).entries.some((entry) => entry.id === id)
    ? new FaceCoreError('models/not-added', `${id} belongs to the product and cannot be removed.`)
    : new FaceCoreError('models/unknown', `There is no added model ${id}.`);
}
