import type { AnalyzedFace, DetectedFace, Landmarks } from './detect/face';
import { FaceCoreError } from './errors';
import type { Frame } from './image/frame';

/** Which models a pipeline runs and on how many threads. */
export interface FacePipelineOptions {
  /** Folder of converted models. Default: `MUNJIGI_MODELS`, else the user's cache folder. */
  modelsDirectory?: string;
  /** The model that makes embeddings. Default `mobilefacenet-192`. */
  embedderId?: string;
  /** Threads of one inference. Default: as many as there are cores, at most 4. */
  threads?: number;
}

/** What counts as a face. */
export interface DetectOptions {
  /** Smaller faces are not looked for, in pixels of the frame. Default 40, at least 20. */
  faceSizeMinPx?: number;
  /** Only so many, the largest, are returned. Default 64. */
  facesMax?: number;
}

/**
 * From a frame to faces, landmarks and embeddings.
 *
 * Inference runs on a thread of its own, so that the caller's event loop stays free. Calls may overlap; they are
 * served in order.
 */
export class FacePipeline {
  /** Loads and verifies the models. @throws {FaceCoreError} `models/unknown`, `models/missing`, `models/corrupt` */
  static open(_options: FacePipelineOptions = {}): Promise<FacePipeline> {
    return Promise.reject(new FaceCoreError('models/missing', 'No model is installed.'));
  }

  private constructor(
    /** The embedder's id in `models.lock.json`. */
    readonly modelId: string,
    /** Numbers in an embedding. */
    readonly dimension: number,
    /** Cosine from which two faces may be one person, until a site is calibrated. */
    readonly similarityMin: number,
  ) {}

  /** Finds faces, largest first. @throws {FaceCoreError} `frame/invalid` */
  detect(_frame: Frame, _options: DetectOptions = {}): Promise<DetectedFace[]> {
    return Promise.resolve([]);
  }

  /** Warps a face to 112 x 112 RGB. @throws {FaceCoreError} `frame/invalid`, `landmarks/degenerate` */
  align(_frame: Frame, _landmarks: Landmarks): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(112 * 112 * 3));
  }

  /** Makes one L2-normalised embedding for each crop. @throws {FaceCoreError} `crop/invalid` */
  embed(_crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    return Promise.resolve([]);
  }

  /** Detects, aligns and embeds. @throws {FaceCoreError} `frame/invalid` */
  analyze(_frame: Frame, _options: DetectOptions = {}): Promise<AnalyzedFace[]> {
    return Promise.resolve([]);
  }

  /** Frees the models and ends the thread. May be called twice. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
