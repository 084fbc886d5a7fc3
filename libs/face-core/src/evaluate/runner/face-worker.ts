import { FaceCoreError } from '../../errors';
import { FacePipeline } from '../../face-pipeline';
import { decodeImage } from '../../image/decode-image';
import type { Frame } from '../../image/frame';
import { ALIGNED_PX } from '../../align/similarity-transform';
import type { Landmarks } from '../../detect/face';
import { chooseFace } from './choose-face';
import type { FaceOutcome } from './face-outcome';

/** How a picture becomes a crop. */
export interface CropOptions {
  /** True when pictures are aligned crops already. */
  readonly aligned: boolean;
  /** Smaller faces are not looked for, in pixels of the picture. */
  readonly faceSizeMinPx: number;
}

/** A crop ready to embed, or why there is none. */
export type Crop =
  | { readonly kind: 'crop'; readonly pixels: Uint8Array; readonly landmarks: Landmarks }
  | Exclude<FaceOutcome, { kind: 'face' }>;

const NO_LANDMARKS: Landmarks = Array.from({ length: 5 }, () => ({ x: 0, y: 0 }));

/**
 * One inference thread of each model. Models are loaded when they are first needed, so that a run that finds all in
 * its cache loads none.
 */
export class FaceWorker {
  readonly #pipelines = new Map<string, Promise<FacePipeline>>();

  constructor(
    private readonly modelIds: readonly string[],
    private readonly options: CropOptions,
  ) {}

  /**
   * Makes a crop of the face that a picture is about.
   *
   * @param name for the message
   * @throws {FaceCoreError} `evaluate/not-aligned`; the pipeline's own, save those of a picture that is no good
   */
  async crop(bytes: Uint8Array, name: string): Promise<Crop> {
    const frame = await decoded(bytes);
    if (!frame) return { kind: 'unreadable' };
    if (this.options.aligned) return alignedCrop(frame, name);
    const pipeline = await this.#pipeline(this.modelIds[0] as string);
    const { faceSizeMinPx } = this.options;
    const face = chooseFace(await pipeline.detect(frame, { faceSizeMinPx }), frame);
    if (!face) return { kind: 'no-face' };
    try {
      const pixels = await pipeline.align(frame, face.landmarks);
      return { kind: 'crop', pixels, landmarks: face.landmarks };
    } catch (error) {
      if (error instanceof FaceCoreError && error.code === 'landmarks/degenerate') return { kind: 'no-face' };
      throw error;
    }
  }

  /** Makes embeddings of crops, in one batch. */
  async embed(modelId: string, crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    if (crops.length === 0) return [];
    return (await this.#pipeline(modelId)).embed(crops);
  }

  /** Frees the models. */
  async close(): Promise<void> {
    for (const opening of this.#pipelines.values()) {
      // One that did not open has told its caller.
      const pipeline = await opening.catch(() => undefined);
      await pipeline?.close();
    }
  }

  #pipeline(embedderId: string): Promise<FacePipeline> {
    const pipeline = this.#pipelines.get(embedderId) ?? FacePipeline.open({ embedderId, threads: 1 });
    this.#pipelines.set(embedderId, pipeline);
    return pipeline;
  }
}

/** Decodes a picture. @returns undefined for one that cannot be decoded */
export async function decoded(bytes: Uint8Array): Promise<Frame | undefined> {
  try {
    return await decodeImage(bytes);
  } catch (error) {
    if (error instanceof FaceCoreError && error.code.startsWith('image/')) return undefined;
    throw error;
  }
}

function alignedCrop({ data, width, height }: Frame, name: string): Crop {
  if (width !== ALIGNED_PX || height !== ALIGNED_PX) {
    throw new FaceCoreError(
      'evaluate/not-aligned',
      `${name} is ${width} x ${height}; aligned crops are ${ALIGNED_PX} x ${ALIGNED_PX}.`,
    );
  }
  return { kind: 'crop', pixels: data, landmarks: NO_LANDMARKS };
}
