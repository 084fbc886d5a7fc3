import { availableParallelism } from 'node:os';

import type { DetectedFace } from '../../detect/face';
import { FacePipeline } from '../../face-pipeline';
import type { Frame } from '../../image/frame';
import type { EvaluationImage } from '../readers/images';
import { decoded } from './face-worker';
import { runLanes } from './run-lanes';

/** How faces are looked for. */
export interface DetectImagesOptions {
  /** Smaller faces are not looked for, in pixels of a picture. */
  readonly faceSizeMinPx?: number | undefined;
  /** Inference threads. Default: cores, at most 8. */
  readonly workers?: number | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

const WORKERS_MAX = 8;
const LANES_PER_WORKER = 2;

/**
 * Finds all faces in every picture and hands each to `take`, in no order.
 *
 * @param take gets the picture's index; its faces and frame, or undefined when it cannot be decoded
 * @throws {FaceCoreError} `models/missing`, `models/corrupt`; whatever `take` throws
 */
export async function detectImages(
  images: readonly EvaluationImage[],
  options: DetectImagesOptions,
  take: (index: number, found: { faces: DetectedFace[]; frame: Frame } | undefined) => Promise<void> | void,
): Promise<void> {
  const { faceSizeMinPx } = options;
  const workers = options.workers ?? Math.min(availableParallelism(), WORKERS_MAX);
  const pipelines = await Promise.all(
    Array.from({ length: workers }, () => FacePipeline.open({ threads: 1 })),
  );
  let done = 0;
  const detect = async (pipeline: FacePipeline, index: number) => {
    const bytes = await (images[index] as EvaluationImage).read().catch(() => undefined);
    const frame = bytes && (await decoded(bytes));
    await take(index, frame && { frame, faces: await pipeline.detect(frame, { faceSizeMinPx }) });
    done += 1;
    options.onProgress?.(done, images.length);
  };
  try {
    await runLanes({ count: images.length, lanes: workers * LANES_PER_WORKER, chunk: 1 }, (lane, [index]) =>
      detect(pipelines[lane % workers] as FacePipeline, index as number),
    );
  } finally {
    await Promise.all(pipelines.map((pipeline) => pipeline.close()));
  }
}
