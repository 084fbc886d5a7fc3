import { availableParallelism } from 'node:os';

import { Aligner } from './align/align';
import type { AnalyzedFace, AnalyzeOptions, FaceAspects, MeasuredFace } from './analyzed-face';
import { defaultModelsDirectory, setNativeEnvironment } from './config';
import type { DetectOptions } from './detect/detector';
import type { Box, DetectedFace, Landmarks } from './detect/face';
import { FaceCoreError } from './errors';
import { assertFrame, type Frame } from './image/frame';
import { Glance } from './runtime/glance';
import type { EngineCalls, EngineGreeting } from './runtime/engine-calls';
import type { EngineOptions } from './runtime/engine';
import { tensorRtEnvironment, type BackendOptions } from './runtime/inference-backend';
import { FrameBuffers } from './runtime/frame-buffers';
import type { DescribedFace } from './runtime/described-face';
import { notLoaded } from './runtime/described-face';
import type { SharedFrame } from './runtime/shared-frame';
import { WorkerThread } from './runtime/worker-thread';
import { FaceFollower } from './track/face-follower';
import type { FollowedDetector, FollowedRecognizer } from './track/followed-detector';
import type { FaceFollowerOptions } from './track/follower-options';

/** How a pipeline follows faces. */
export type FollowOptions = FaceFollowerOptions & {
  /** Cosine from which the embedder takes two looks for one person's. Default: the model's. */
  readonly similarityMin?: number;
};

/** Which models a pipeline runs and on how many threads. */
export interface FacePipelineOptions {
  /** Folder of converted models. Default: `MUNJIGI_MODELS`, else `munjigi/models` in the user's cache folder. */
  modelsDirectory?: string;
  /** The model that makes embeddings. Default `mobilefacenet-192`. */
  embedderId?: string;
  /** A model that tells live faces from pictures, such as `fr-liveness`. Default none. */
  livenessId?: string;
  /** A model of 68 landmarks that tells how open eyes and mouth are, such as `fr-landmark`. Default none: by pixels. */
  expressionId?: string;
  /** A model that estimates poses, such as `fr-pose`. Default none: from five landmarks. */
  poseId?: string;
  /** Add what the embedder makes of the mirrored face: a little more accurate at twice the time. Default false. */
  flip?: boolean;
  /** Threads that share the work of a frame, 1 to 64. Default: as many as there are cores, at most 4; with a GPU 1. */
  threads?: number;
  /** What runs the networks. Default the CPU. */
  backend?: BackendOptions;
}

const EMBEDDER_ID = 'mobilefacenet-192';
const THREADS_DEFAULT_MAX = 4;
const THREADS_MAX = 64;

/**
 * From a frame to faces, landmarks and embeddings.
 *
 * Inference runs on threads of its own, so the caller's event loop stays free; a follower's look at a few faces between
 * two searches alone is done on the caller's, in less time than asking takes. Calls may overlap; they are answered in
 * order. A frame is copied when a call begins and may be reused at once.
 */
export class FacePipeline {
  /** The embedder's id in `models.lock.json`. */
  readonly modelId: string;
  /** Numbers in an embedding. */
  readonly dimension: number;
  /** Cosine from which two faces may be one person, until a site is calibrated. */
  readonly similarityMin: number;
  readonly #buffers = new FrameBuffers();
  readonly #aligner = new Aligner();
  /** Nothing until a follower is made. */
  #glance: Glance | undefined;

  private constructor(
    private readonly engine: WorkerThread<EngineCalls, EngineGreeting>,
    private readonly options: EngineOptions,
  ) {
    ({
      modelId: this.modelId,
      dimension: this.dimension,
      similarityMin: this.similarityMin,
    } = engine.greeting);
  }

  /**
   * Verifies and loads the models.
   *
   * @throws {FaceCoreError} `models/unknown` (says which exist), `models/missing`, `models/corrupt`,
   *   `pipeline/invalid-options`, `backend/unavailable`, `backend/invalid-options`
   */
  static async open(options: FacePipelineOptions = {}): Promise<FacePipeline> {
    const { backend = {} } = options;
    const threads =
      options.threads ?? (isOnGpu(backend) ? 1 : Math.min(availableParallelism(), THREADS_DEFAULT_MAX));
    assertThreads(threads);
    setNativeEnvironment(tensorRtEnvironment(backend));
    const engine: EngineOptions = {
      modelsDirectory: options.modelsDirectory ?? defaultModelsDirectory(),
      embedderId: options.embedderId ?? EMBEDDER_ID,
      livenessId: options.livenessId,
      expressionId: options.expressionId,
      poseId: options.poseId,
      flip: options.flip ?? false,
      threads,
      backend,
    };
    return new FacePipeline(await WorkerThread.start('engine-worker', engine), engine);
  }

  /** Finds faces, largest first. @throws {FaceCoreError} `frame/invalid`, `detect/invalid-options`, `engine/closed` */
  detect(frame: Frame, options: DetectOptions = {}): Promise<DetectedFace[]> {
    return this.#withFrame(frame, (shared) => this.engine.ask('detect', { frame: shared, options }));
  }

  /**
   * Looks for faces where they are expected, for a small part of what a full detection costs.
   *
   * @param boxes where, in pixels of the frame
   * @returns for each box the face there, or undefined
   * @throws {FaceCoreError} `frame/invalid`, `box/invalid`, `detect/invalid-options`, `engine/closed`
   */
  refine(
    frame: Frame,
    boxes: readonly Box[],
    options: DetectOptions = {},
  ): Promise<(DetectedFace | undefined)[]> {
    return this.#withFrame(frame, (shared) => this.engine.ask('refine', { frame: shared, boxes, options }));
  }

  /**
   * Warps a face to 112 x 112 RGB. Takes about a tenth of a millisecond on the caller's thread, less than sending the
   * frame to another would.
   *
   * @throws {FaceCoreError} `frame/invalid`, `landmarks/degenerate`
   */
  // eslint-disable-next-line @typescript-eslint/require-await -- an error must reject, as everywhere in this class
  async align(frame: Frame, landmarks: Landmarks): Promise<Uint8Array> {
    return this.#aligner.align(frame, landmarks);
  }

  /** Makes one L2-normalised embedding for each aligned crop. @throws {FaceCoreError} `crop/invalid`, `engine/closed` */
  async embed(crops: readonly Uint8Array[]): Promise<Float32Array[]> {
    const embedded = await this.engine.ask('embed', { crops });
    return embedded.map(({ embedding }) => embedding);
  }

  /**
   * Aligns, embeds and, if asked, measures faces that were found in a frame.
   *
   * @returns for each face its embedding, and `quality` where it was asked for; undefined for landmarks that no face can
   *   have
   * @throws {FaceCoreError} `frame/invalid`, `engine/closed`
   */
  describe(
    frame: Frame,
    faces: readonly DetectedFace[],
    aspects: Pick<FaceAspects, 'quality'> = {},
  ): Promise<(DescribedFace | undefined)[]> {
    const { quality = false } = aspects;
    return this.#withFrame(frame, (shared) => this.engine.ask('describe', { frame: shared, faces, quality }));
  }

  /**
   * How likely each face is a live person, 0 to 1: a hint, no verdict. Fuse it over frames with `fuseLiveness`.
   *
   * @param boxes as the detector gives them
   * @returns undefined for a box that the network cannot judge: nothing is known then
   * @throws {FaceCoreError} `pipeline/not-loaded` without `livenessId`, `frame/invalid`, `engine/closed`
   */
  liveness(frame: Frame, boxes: readonly Box[]): Promise<(number | undefined)[]> {
    if (this.options.livenessId === undefined) return Promise.reject(notLoaded('liveness'));
    return this.#withFrame(frame, (shared) => this.engine.ask('liveness', { frame: shared, boxes }));
  }

  /**
   * Detects, aligns, embeds and says what else is asked of each face, largest face first. A detection whose landmarks
   * cannot be aligned is left out.
   *
   * @throws {FaceCoreError} `frame/invalid`, `detect/invalid-options`, `pipeline/not-loaded`, `engine/closed`
   */
  analyze(frame: Frame, options: AnalyzeOptions & { quality: true }): Promise<MeasuredFace[]>;
  analyze(frame: Frame, options?: AnalyzeOptions): Promise<AnalyzedFace[]>;
  analyze(frame: Frame, options: AnalyzeOptions = {}): Promise<AnalyzedFace[]> {
    if (options.liveness && this.options.livenessId === undefined)
      return Promise.reject(notLoaded('liveness'));
    return this.#withFrame(frame, (shared) => this.engine.ask('analyze', { frame: shared, options }));
  }

  /**
   * Follows faces through a camera's frames: whole searches at intervals, in between only where faces are expected, and
   * never one person's track for another. One for each camera.
   *
   * The embedder settles what looks alone leave in doubt, at the model's own threshold unless told otherwise.
   */
  follow(options: FollowOptions = {}): FaceFollower {
    const recognizer: FollowedRecognizer = {
      similarityMin: options.similarityMin ?? this.similarityMin,
      embed: async (frame, face) => {
        const [described] = await this.describe(frame, [face]);
        if (described) return described.embedding;
        throw new FaceCoreError('landmarks/degenerate', 'These landmarks cannot be aligned.');
      },
    };
    return new FaceFollower(this.#followed(), { recognizer, ...options });
  }

  /** Answers what was asked, frees the models and ends the threads. May be called twice. */
  async close(): Promise<void> {
    const glance = this.#glance;
    this.#glance = undefined;
    await Promise.all([this.engine.close(), glance?.close()]);
  }

  /** Looks at a few faces on the caller's thread: a follower's frame stays as it is until it is done. */
  #followed(): FollowedDetector {
    const { modelsDirectory, backend } = this.options;
    if (!isOnGpu(backend)) this.#glance ??= new Glance(modelsDirectory, backend);
    return {
      detect: (frame, limits) => this.detect(frame, limits),
      refine: (frame, boxes) =>
        this.#glance?.isFor(boxes) ? this.#glance.refine(frame, boxes) : this.refine(frame, boxes),
    };
  }

  async #withFrame<T>(frame: Frame, ask: (shared: SharedFrame) => Promise<T>): Promise<T> {
    assertFrame(frame);
    const shared = this.#buffers.share(frame);
    try {
      return await ask(shared);
    } finally {
      this.#buffers.giveBack(shared);
    }
  }
}

function isOnGpu({ providers }: BackendOptions): boolean {
  return providers?.some((provider) => provider !== 'cpu') ?? false;
}

/** Each thread has all networks of its own: a mistyped number would fill the memory. */
function assertThreads(threads: number): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= THREADS_MAX) return;
  throw new FaceCoreError(
    'pipeline/invalid-options',
    `A pipeline cannot run on ${threads} threads: give a whole number from 1 to ${THREADS_MAX}.`,
  );
}
