import { availableParallelism } from 'node:os';

import { align } from './align/align';
import { defaultModelsDirectory } from './config';
import type { AnalyzedFace, DetectedFace, Landmarks } from './detect/face';
import type { DetectOptions } from './detect/mtcnn';
import { assertFrame, type Frame } from './image/frame';
import { EngineThread } from './runtime/engine-thread';

/** Which models a pipeline runs and on how many threads. */
export interface FacePipelineOptions {
  /** Folder of converted models. Default: `MUNJIGI_MODELS`, else `munjigi/models` in the user's cache folder. */
  modelsDirectory?: string;
  /** The model that makes embeddings. Default `mobilefacenet-192`. */
  embedderId?: string;
  /** Threads of one inference. Default: as many as there are cores, at most 4. */
  threads?: number;
}

const EMBEDDER_ID = 'mobilefacenet-192';
const THREADS_MAX = 4;

/**
 * From a frame to faces, landmarks and embeddings.
 *
 * Inference runs on a thread of its own, so the caller's event loop stays free. Calls may overlap; they are answered
 * in order. A frame is copied when a call begins and may be reused at once.
 */
export class FacePipeline {
  /** The embedder's id in `models.lock.json`. */
  readonly modelId: string;
  /** Numbers in an embedding. */
  readonly dimension: number;
  /** Cosine from which two faces may be one person, until a site is calibrated. */
  readonly similarityMin: number;

  private constructor(private readonly engine: EngineThread) {
    ({ modelId: this.modelId, dimension: this.dimension, similarityMin: this.similarityMin } = engine.model);
  }

  /**
   * Verifies and loads the models.
   *
   * @throws {FaceCoreError} `models/unknown` (says which exist), `models/missing`, `models/corrupt`
   */
  static async open(options: FacePipelineOptions = {}): Promise<FacePipeline> {
    const engine = await EngineThread.start({
      modelsDirectory: options.modelsDirectory ?? defaultModelsDirectory(),
      embedderId: options.embedderId ?? EMBEDDER_ID,
      threads: options.threads ?? Math.min(availableParallelism(), THREADS_MAX),
    });
    return new FacePipeline(engine);
  }

  /** Finds faces, largest first. @throws {FaceCoreError} `frame/invalid`, `engine/closed` */
  async detect(frame: Frame, options: DetectOptions = {}): Promise<DetectedFace[]> {
    assertFrame(frame);
    return this.engine.askFrame('detect', frame, options);
  }

  /**
   * Warps a face to 112 x 112 RGB. Takes a third of a millisecond on the caller's thread, less than sending the frame
   * to another would.
   *
   * @throws {FaceCoreError} `frame/invalid`, `landmarks/degenerate`
   */
  // eslint-disable-next-line @typescript-eslint/require-await -- an error must reject, as everywhere in this class
  async align(frame: Frame, landmarks: Landmarks): Promise<Uint8Array> {
    return align(frame, landmarks);
  }

  /** Makes one L2-normalised embedding for each aligned crop. @throws {FaceCoreError} `crop/invalid`, `engine/closed` */
  embed(crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    return this.engine.ask('embed', { crops });
  }

  /**
   * Detects, aligns and embeds, largest face first. A detection whose landmarks cannot be aligned is left out.
   *
   * @throws {FaceCoreError} `frame/invalid`, `engine/closed`
   */
  async analyze(frame: Frame, options: DetectOptions = {}): Promise<AnalyzedFace[]> {
    assertFrame(frame);
    return this.engine.askFrame('analyze', frame, options);
  }

  /** Answers what was asked, frees the models and ends the thread. May be called twice. */
  close(): Promise<void> {
    return this.engine.close();
  }
}
