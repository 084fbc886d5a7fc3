import { join } from 'node:path';

import { defaultMediaDirectory, defaultModelsDirectory } from '../config';
import { isInPlace, readVerified, type ExpectedFile } from './files';
import { packageOf, readLock, selectEntries, type LockedEntry, type LockedNetwork } from './lock';

/** Where installed files lie. */
export interface StoreOptions {
  /** Folder of converted models. Default: `MUNJIGI_MODELS`, else `munjigi/models` in the user's cache folder. */
  directory?: string;
  /** Folder of demonstration media. Default: `media` beside the models folder. */
  mediaDirectory?: string;
  /** Ids of models or media; default all models and no media. */
  only?: readonly string[];
  /** Another lock than the product's own. */
  lockPath?: string;
}

/** A model or a set of media that the lock names. */
export interface ListedModel {
  readonly id: string;
  readonly kind: LockedEntry['kind'];
  readonly installed: boolean;
  /** The package it comes from, as `name@version`. */
  readonly source: string;
  /** As the package states it. */
  readonly licence: string;
  /** What a user should know of the rights to the model and to what it was trained on. */
  readonly licenceTruth: string;
  /** Embedders: numbers in an embedding. */
  readonly dimension?: number;
  /** Embedders: cosine from which two faces may be one person, until a site is calibrated. */
  readonly similarityMin?: number;
}

/** The entries that a call is about. */
export function entriesFor(options: StoreOptions): LockedEntry[] {
  const lock = readLock(options.lockPath);
  if (options.only) return selectEntries(lock, options.only);
  return lock.entries.filter((entry) => entry.kind !== 'media');
}

/** The files that an entry is made of once installed. */
export function filesOf(entry: LockedEntry, options: StoreOptions): ExpectedFile[] {
  if (entry.kind !== 'media') return [networkFile(entry, options)];
  const directory = options.mediaDirectory ?? defaultMediaDirectory();
  return entry.files.map(({ file, sha256 }) => ({ path: join(directory, file), of: entry.id, sha256 }));
}

/** The file of an installed network. */
export function networkFile(entry: LockedNetwork, options: StoreOptions): ExpectedFile {
  const directory = options.directory ?? defaultModelsDirectory();
  return { path: join(directory, entry.file), of: entry.id, sha256: entry.sha256 };
}

/** Whether all files of an entry are in place with the recorded content. */
export async function isInstalled(entry: LockedEntry, options: StoreOptions): Promise<boolean> {
  for (const file of filesOf(entry, options)) {
    if (!(await isInPlace(file))) return false;
  }
  return true;
}

/**
 * Lets only installed models pass whose every byte is as recorded.
 *
 * @throws {FaceCoreError} `models/missing`, `models/corrupt` (names the file, what was expected and what is there),
 *   `models/unknown`
 */
export async function verifyModels(options: StoreOptions = {}): Promise<void> {
  for (const entry of entriesFor(options)) {
    for (const file of filesOf(entry, options)) await readVerified(file);
  }
}

/** All that the lock names, models and media, with what is installed. @throws {FaceCoreError} `models/bad-lock` */
export async function listModels(options: Omit<StoreOptions, 'only'> = {}): Promise<ListedModel[]> {
  const lock = readLock(options.lockPath);
  return Promise.all(
    lock.entries.map(async (entry) => {
      const { spec, licence, licenceTruth } = packageOf(lock, entry);
      const { id, kind } = entry;
      const listed = { id, kind, source: spec, licence, licenceTruth };
      const installed = await isInstalled(entry, options);
      if (entry.kind !== 'embedder') return { ...listed, installed };
      return { ...listed, installed, dimension: entry.dimension, similarityMin: entry.similarityMin };
    }),
  );
}
