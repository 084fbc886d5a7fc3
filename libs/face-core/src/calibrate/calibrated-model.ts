import { FaceCoreError } from '../errors';
import { isAdded, readAdded, type AddedOptions } from '../models/added-store';
import { readLock } from '../models/lock';

/** Where models and their calibrations are looked for. */
export interface CalibrationOptions extends AddedOptions {
  /** Another lock than the product's own. */
  readonly lockPath?: string | undefined;
}

/** An embedder as a calibration knows it. */
export interface CalibratedModel {
  readonly modelId: string;
  /**
   * Hash of the file that the weights come from: of a model of the product the source file's, since a new conversion of
   * the same file gives the same similarities and must not cost a site its calibration; of a site's own model the
   * network's.
   */
  readonly modelSha256: string;
}

/**
 * Says which model a calibration must be of. The network itself is not read.
 *
 * @throws {FaceCoreError} `models/unknown` when there is no such embedder, `models/corrupt`
 */
export async function calibratedModel(
  modelId: string,
  options: CalibrationOptions = {},
): Promise<CalibratedModel> {
  const entry = readLock(options.lockPath).entries.find(({ id }) => id === modelId);
  if (entry?.kind === 'embedder') return { modelId, modelSha256: entry.sourceSha256 };
  if (!entry && (await isAdded(modelId, options))) {
    const { card, network } = await readAdded(modelId, options);
    if (card.kind === 'embedder') return { modelId, modelSha256: network.sha256 };
  }
  throw new FaceCoreError('models/unknown', `There is no embedder ${modelId}. Run: npm run models -- list`);
}
