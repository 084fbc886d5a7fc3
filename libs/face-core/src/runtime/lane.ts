import { ALIGNED_PX, faceInFrameToCrop } from '../align/similarity-transform';
import type { Canvas } from '../detect/canvases';
import type { JudgingStage } from '../detect/judges';
import { MtcnnStages, type MtcnnNetworks } from '../detect/mtcnn-stages';
import type { Box, DetectedFace } from '../detect/face';
import { Embedder, type Embedded } from '../embed/embedder';
import { FaceCoreError } from '../errors';
import type { Frame } from '../image/frame';
import { Pixels, type Square } from '../image/pixels';
import { LivenessModel } from '../liveness/liveness-model';
import type { VerifiedModel } from '../models/read-model';
import { ExpressionModel } from '../quality/expression-model';
import { faceQuality, type FaceQuality } from '../quality/face-quality';
import { PoseModel } from '../quality/pose-model';
import { notLoaded, type DescribedFace } from './described-face';
import type { BackendOptions } from './inference-backend';
import { OnnxRuntimeBackend } from './onnxruntime-backend';
import { frameOf, type SharedFrame } from './shared-frame';
import type { Handlers } from './thread-calls';

/** What every lane loads; plain data, since it crosses threads. */
export interface LaneModels {
  readonly detector: MtcnnNetworks;
  readonly embedder: VerifiedModel<'embedder'>;
  readonly flip: boolean;
  readonly liveness?: VerifiedModel<'liveness'>;
  readonly expression?: VerifiedModel<'landmarks-68'>;
  readonly pose?: VerifiedModel<'pose'>;
  readonly backend: BackendOptions;
  /** Threads that one face may be embedded on, where no other lane has work. */
  readonly wideThreads?: number;
}

/** What a lane can be asked. */
export type LaneCalls = {
  /** See `MtcnnStages.propose`. */
  propose: {
    ask: { frame: SharedFrame; canvases: readonly Canvas[]; logitMin: number };
    answer: number[];
  };
  /** See `MtcnnStages.judge`. */
  judge: {
    ask: { frame: SharedFrame; stage: JudgingStage; squares: readonly Square[] };
    answer: Float32Array;
  };
  /** See `Embedder.embed`. */
  embed: { ask: { crops: readonly Uint8Array[] }; answer: Embedded[] };
  /** Aligns, embeds and measures faces; undefined for landmarks that no face can have. */
  describe: {
    ask: { frame: SharedFrame; faces: readonly DetectedFace[]; quality: boolean };
    answer: (DescribedFace | undefined)[];
  };
  /** See `LivenessModel.score`; undefined for a box that the network cannot judge. */
  liveness: { ask: { frame: SharedFrame; boxes: readonly Box[] }; answer: (number | undefined)[] };
};

/**
 * All networks on one thread, each with one thread of its own, and the memory that they work in.
 *
 * A crew of lanes shares the work of a frame: small networks gain little from threads inside them, and nothing at all
 * where their first layers are the widest.
 */
export class Lane {
  readonly #pixels = new Pixels();
  #serial = -1;

  private constructor(
    private readonly detector: MtcnnStages,
    private readonly embedder: Embedder,
    private readonly extras: Extras,
  ) {}

  /** Loads the networks. @throws {FaceCoreError} `backend/unavailable`, `backend/invalid-options` */
  static async open(models: LaneModels): Promise<Lane> {
    const backend = new OnnxRuntimeBackend(models.backend);
    const { detector, embedder, flip, liveness, expression, pose, wideThreads = 1 } = models;
    const wide =
      wideThreads > 1
        ? new OnnxRuntimeBackend({ ...models.backend, threads: wideThreads, spinning: true })
        : undefined;
    return new Lane(
      await MtcnnStages.load(detector, backend),
      await Embedder.load(embedder.bytes, embedder.card, { backend, wide, flip }),
      {
        liveness: liveness && (await LivenessModel.load(liveness.bytes, liveness.card, backend)),
        expression: expression && (await ExpressionModel.load(expression.bytes, expression.card, backend)),
        pose: pose && (await PoseModel.load(pose.bytes, pose.card, backend)),
      },
    );
  }

  /** What it answers; each call blocks the thread while a network runs. */
  readonly handlers: Handlers<LaneCalls> = {
    propose: ({ frame, canvases, logitMin }) => this.detector.propose(this.#of(frame), canvases, logitMin),
    judge: ({ frame, stage, squares }) => this.detector.judge(this.#of(frame), stage, squares),
    embed: ({ crops }) => this.embedder.embed(this.#pixels, crops),
    describe: async ({ frame, faces, quality }) => {
      const pixels = this.#of(frame);
      const crops = faces.map(({ landmarks }) => cropOf(pixels, landmarks));
      const embedded = await this.embedder.embed(pixels, crops.filter((crop) => crop !== undefined)); // prettier-ignore
      const described: (DescribedFace | undefined)[] = [];
      for (const [index, crop] of crops.entries()) {
        const own = crop && (embedded.shift() as Embedded);
        const face = faces[index] as DetectedFace;
        const measured = crop && quality ? await this.#quality(pixels, { ...face, crop }, own) : undefined;
        described.push(own && (measured ? { ...own, quality: measured } : own));
      }
      return described;
    },
    liveness: async ({ frame, boxes }) => {
      const { liveness } = this.extras;
      if (!liveness) throw notLoaded('liveness');
      const rgb = rgbOf(this.#of(frame));
      const scores: (number | undefined)[] = [];
      for (const box of boxes) scores.push(await judged(async () => (await liveness.score(rgb, [box]))[0]));
      return scores;
    },
  };

  /** Frees the networks' memory. */
  async close(): Promise<void> {
    const { liveness, expression, pose } = this.extras;
    const models: (Released | undefined)[] = [this.detector, this.embedder, liveness, expression, pose];
    await Promise.all(models.map(async (model) => model?.release()));
  }

  async #quality(
    pixels: Pixels,
    { crop, box, landmarks }: DetectedFace & { crop: Uint8Array },
    embedded: Embedded | undefined,
  ): Promise<FaceQuality | undefined> {
    const frame = rgbOf(pixels);
    const { expression, pose } = this.extras;
    const [eyesAndMouth] = (await judged(async () => expression?.measure(frame, [box]))) ?? [];
    const [estimated] = (await judged(async () => pose?.estimate(frame, [box]))) ?? [];
    const input = { crop, box, landmarks, frame, expression: eyesAndMouth, pose: estimated };
    const length = embedded && { modelId: this.embedder.card.id, length: embedded.length };
    return judged(() => Promise.resolve(faceQuality(input, length)));
  }

  #of(frame: SharedFrame): Pixels {
    if (frame.serial !== this.#serial) this.#pixels.load(frameOf(frame));
    this.#serial = frame.serial;
    return this.#pixels;
  }
}

/** Networks that a pipeline may be opened with. */
interface Extras {
  readonly liveness?: LivenessModel;
  readonly expression?: ExpressionModel;
  readonly pose?: PoseModel;
}

interface Released {
  release(): Promise<void>;
}

function rgbOf(pixels: Pixels): Frame {
  return { data: pixels.rgb(), ...pixels.size };
}

/** One face that cannot be judged must not fail the frame's other faces. */
async function judged<T>(judge: () => Promise<T>): Promise<T | undefined> {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof FaceCoreError && UNJUDGED.has(error.code)) return undefined;
    throw error;
  }
}

const UNJUDGED: ReadonlySet<string> = new Set(['box/invalid', 'landmarks/degenerate']);

/** What is no face after all must not fail the frame's other faces. */
function cropOf(pixels: Pixels, landmarks: DetectedFace['landmarks']): Uint8Array | undefined {
  try {
    return pixels.warp(faceInFrameToCrop(landmarks, pixels.size), ALIGNED_PX);
  } catch (error) {
    if (error instanceof FaceCoreError && error.code === 'landmarks/degenerate') return undefined;
    throw error;
  }
}
