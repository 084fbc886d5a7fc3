import {
  FacePipeline,
  readCalibration,
  type Calibration,
  type FacePipelineOptions,
} from '@munjigi/face-core';
import type { Logger } from 'pino';
import type { Vision } from '../../ports/vision';

/** Which models to run, and where a calibration that cannot be used is told of. */
export interface FaceCoreVisionOptions {
  readonly pipeline: FacePipelineOptions;
  readonly log: Logger;
}

/**
 * Opens face-core with the calibration of exactly the model that it runs. One that cannot be used is as good as none:
 * a door decides without it, strictly.
 *
 * @throws {FaceCoreError} `models/unknown`, `models/missing`, `models/corrupt`
 */
export async function openFaceCoreVision({ pipeline: options, log }: FaceCoreVisionOptions): Promise<Vision> {
  const pipeline = await FacePipeline.open(options);
  const calibration = await usableCalibration(pipeline.modelId, { options, log });
  return visionOf(pipeline, calibration, options.livenessId !== undefined);
}

/** An open pipeline as the port has it. */
export function visionOf(
  pipeline: FacePipeline,
  calibration: Calibration | undefined,
  judgesLiveness = false,
): Vision {
  const { modelId, dimension, similarityMin } = pipeline;
  return {
    ...{ modelId, dimension, similarityMin, calibration },
    follow: (options) => pipeline.follow(options),
    liveness: judgesLiveness ? (picture, boxes) => pipeline.liveness(picture, boxes) : null,
    align: (picture, landmarks) => pipeline.align(picture, landmarks),
    embed: (crops) => pipeline.embed(crops),
    close: () => pipeline.close(),
  };
}

async function usableCalibration(
  modelId: string,
  { options, log }: { options: FacePipelineOptions; log: Logger },
): Promise<Calibration | undefined> {
  try {
    const found = await readCalibration(modelId, { directory: options.modelsDirectory });
    const { origin, calibration } = found ?? {};
    log.info({ modelId, origin, source: calibration?.source.name }, 'calibration read');
    return calibration;
  } catch (error) {
    log.error({ err: error, modelId }, 'calibration cannot be used');
    return undefined;
  }
}
