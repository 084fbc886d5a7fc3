import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { defaultModelsDirectory } from '../config';
import { FaceCoreError } from '../errors';
import { asWriteError, writeAtomically } from '../models/files';
import { calibratedModel, type CalibrationOptions } from './calibrated-model';
import { parseCalibration, type Calibration } from './calibration';
import { DEFAULT_CALIBRATIONS } from './defaults';

/** A model's calibration and whose it is. */
export interface FoundCalibration {
  readonly calibration: Calibration;
  /** `own`: made on this installation; `default`: came with the product, of data that are not this site's. */
  readonly origin: 'own' | 'default';
}

/** Where the calibration of a model lies: `calibrations/MODEL.json` in the models folder. */
export function calibrationPath(modelId: string, options: CalibrationOptions = {}): string {
  return join(options.directory ?? defaultModelsDirectory(), 'calibrations', `${modelId}.json`);
}

/**
 * Reads the calibration of exactly this model: the one made here, else the product's own.
 *
 * @returns undefined where there is none
 * @throws {FaceCoreError} `models/unknown`, `calibration/invalid`, `calibration/other-model` when it was made of other
 *   weights
 */
export async function readCalibration(
  modelId: string,
  options: CalibrationOptions = {},
): Promise<FoundCalibration | undefined> {
  const { modelSha256 } = await calibratedModel(modelId, options);
  const path = calibrationPath(modelId, options);
  const content = await contentOf(path);
  if (content !== undefined) {
    const calibration = parseCalibration(content, path);
    assertOf(calibration, { modelId, modelSha256, path });
    return { calibration, origin: 'own' };
  }
  const shipped = DEFAULT_CALIBRATIONS.find((one) => one.modelId === modelId);
  if (!shipped) return undefined;
  const calibration = parseCalibration(shipped, `The default calibration of ${modelId}`);
  return calibration.modelSha256 === modelSha256 ? { calibration, origin: 'default' } : undefined;
}

/**
 * Puts a calibration where {@link readCalibration} finds it, whole or not at all.
 *
 * @returns its path
 * @throws {FaceCoreError} `models/unknown`, `calibration/invalid`, `calibration/other-model`, `models/not-writable`
 */
export async function writeCalibration(
  calibration: Calibration,
  options: CalibrationOptions = {},
): Promise<string> {
  const { modelId } = calibration;
  const path = calibrationPath(modelId, options);
  const { modelSha256 } = await calibratedModel(modelId, options);
  assertOf(calibration, { modelId, modelSha256, path });
  try {
    await writeAtomically(path, calibrationBytes(calibration));
  } catch (error) {
    throw asWriteError(error, path);
  }
  return path;
}

/** A calibration as it lies in a file: JSON, one line a point. @throws {FaceCoreError} `calibration/invalid` */
export function calibrationBytes(calibration: Calibration): Uint8Array {
  const { points, ...head } = parseCalibration(calibration, 'It');
  const lines = points.map((point) => `    ${JSON.stringify(point)}`).join(',\n');
  const opened = JSON.stringify(head, null, 2).slice(0, -2);
  return Buffer.from(`${opened},\n  "points": [\n${lines}\n  ]\n}\n`);
}

async function contentOf(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw invalid(path, cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(path, cause);
  }
}

function invalid(path: string, cause: unknown): FaceCoreError {
  return new FaceCoreError('calibration/invalid', `${path} cannot be read: ${String(cause)}. Make it anew with: npm run calibrate`, { cause }); // prettier-ignore
}

function assertOf(
  calibration: Calibration,
  expected: { readonly modelId: string; readonly modelSha256: string; readonly path: string },
): void {
  const { modelId, modelSha256, path } = expected;
  if (calibration.modelId === modelId && calibration.modelSha256 === modelSha256) return;
  throw new FaceCoreError(
    'calibration/other-model',
    `${path} is the calibration of ${calibration.modelId} with weights ${calibration.modelSha256}, not of ${modelId} ` +
      `with ${modelSha256}. Similarities of two models mean different things: make it anew with npm run calibrate.`,
  );
}
