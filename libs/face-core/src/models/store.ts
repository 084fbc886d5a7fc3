import { join } from 'node:path';

import type { CalibrationSource } from '../calibrate/calibration';
import { readCalibration } from '../calibrate/calibration-store';
import { defaultMediaDirectory, defaultModelsDirectory } from '../config';
import { FaceCoreError } from '../errors';
import { addedIds, isAdded, readAdded } from './added-store';
import type { SiteCard } from './card';
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

/** A model or a set of media that the lock names, or a model that a site added. */
export interface ListedModel {
  readonly id: string;
  /** `unknown` where the record of an added model is damaged. */
  readonly kind: LockedEntry['kind'] | 'unknown';
  /** Whether every byte is in place. */
  readonly installed: boolean;
  /** Whether it is a site's own. */
  readonly added: boolean;
  /** The package it comes from, as `name@version`, or the name of the file that the site added. */
  readonly source: string;
  /** As the package, or the site's card, states it. */
  readonly licence: string;
  /** What a user should know of the rights to the model and to what it was trained on. */
  readonly licenceTruth: string;
  /** Embedders: numbers in an embedding. */
  readonly dimension?: number;
  /** Embedders: cosine from which two faces may be one person, until a site is calibrated. */
  readonly similarityMin?: number;
  /** Embedders that a site added: which cosine is which false match rate, where its card says so. */
  readonly calibration?: readonly { readonly fmr: number; readonly similarityMin: number }[];
  /** Embedders: what `readCalibration` would give, where there is anything. */
  readonly calibratedOn?: ListedCalibration;
}

/** Of which data a model's calibration is, or why it is of no use. */
export type ListedCalibration =
  | (CalibrationSource & {
      /** `default`: it came with the product and is of no site. */
      readonly origin: 'own' | 'default';
    })
  | {
      /** The code of the failure, such as `calibration/other-model`. */
      readonly unusable: string;
    };

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
 * Lets only installed models pass whose every byte is as recorded, those that a site added among them.
 *
 * @throws {FaceCoreError} `models/missing`, `models/corrupt` (names the file, what was expected and what is there),
 *   `models/unknown`
 */
export async function verifyModels(options: StoreOptions = {}): Promise<void> {
  const added: string[] = [];
  for (const id of options.only ?? (await addedIds(options))) if (await isAdded(id, options)) added.push(id);
  for (const id of added) await readVerified((await readAdded(id, options)).network);
  const only = options.only?.filter((id) => !added.includes(id));
  for (const entry of entriesFor({ ...options, only })) {
    for (const file of filesOf(entry, options)) await readVerified(file);
  }
}

/**
 * All that the lock names, models and media, and all models that a site added, with what is installed.
 *
 * @throws {FaceCoreError} `models/bad-lock`
 */
export async function listModels(options: Omit<StoreOptions, 'only'> = {}): Promise<ListedModel[]> {
  const lock = readLock(options.lockPath);
  const locked = lock.entries.map(async (entry): Promise<ListedModel> => {
    const { spec, licence, licenceTruth } = packageOf(lock, entry);
    const installed = await isInstalled(entry, options);
    const shown = { ...shownOf(entry), ...(await calibratedOn(entry, options)) };
    return { ...shown, installed, added: false, source: spec, licence, licenceTruth };
  });
  const added = (await addedIds(options)).map((id) => listAdded(id, options));
  return Promise.all([...locked, ...added]);
}

/** One damaged model must not hide the others. */
async function listAdded(id: string, options: StoreOptions): Promise<ListedModel> {
  const model = await readAdded(id, options).catch(() => undefined);
  if (!model) {
    const licenceTruth = `Damaged. Run: npm run models -- remove ${id}, and add it again.`;
    return { id, kind: 'unknown', installed: false, added: true, source: 'unknown', licence: 'unknown', licenceTruth }; // prettier-ignore
  }
  const { card, network, source } = model;
  const { licence, licenceTruth = 'Added by this site.' } = card;
  const installed = await isInPlace(network);
  const shown = { ...shownOf({ ...card, id }), ...(await calibratedOn({ ...card, id }, options)) };
  return { ...shown, installed, added: true, source, licence, licenceTruth };
}

function shownOf(
  model: LockedEntry | (SiteCard & { id: string }),
): Pick<ListedModel, 'id' | 'kind' | 'dimension' | 'similarityMin' | 'calibration'> {
  const { id, kind } = model;
  if (model.kind !== 'embedder') return { id, kind };
  const { dimension, similarityMin } = model;
  const calibration = 'calibration' in model ? model.calibration : undefined;
  return { id, kind, dimension, similarityMin, ...(calibration && { calibration }) };
}

/** A calibration that is no good must not hide the model. */
async function calibratedOn(
  { id, kind }: { readonly id: string; readonly kind: string },
  options: StoreOptions,
): Promise<Pick<ListedModel, 'calibratedOn'>> {
  if (kind !== 'embedder') return {};
  try {
    const found = await readCalibration(id, options);
    return found ? { calibratedOn: { ...found.calibration.source, origin: found.origin } } : {};
  } catch (error) {
    if (error instanceof FaceCoreError) return { calibratedOn: { unusable: error.code } };
    throw error;
  }
}
