import { ALIGNED_PX, faceToCrop } from '../align/similarity-transform';
import type { Canvas } from '../detect/canvases';
import type { Landmarks } from '../detect/face';
import { MtcnnStages, type JudgingStage, type MtcnnNetworks } from '../detect/mtcnn-stages';
import { Embedder, type Embedded } from '../embed/embedder';
import { FaceCoreError } from '../errors';
import { Pixels, type Square } from '../image/pixels';
import type { VerifiedModel } from '../models/read-model';
import type { BackendOptions } from './inference-backend';
import { OnnxRuntimeBackend } from './onnxruntime-backend';
import { frameOf, type SharedFrame } from './shared-frame';
import type { Handlers } from './thread-calls';

/** What every lane loads; plain data, since it crosses threads. */
export interface LaneModels {
  readonly detector: MtcnnNetworks;
  readonly embedder: VerifiedModel<'embedder'>;
  readonly flip: boolean;
  readonly backend: BackendOptions;
}

/** A face that was aligned and embedded. */
export type EmbeddedFace = Embedded & { readonly crop: Uint8Array };

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
  /** Aligns and embeds faces; undefined for landmarks that no face can have. */
  embedFaces: {
    ask: { frame: SharedFrame; landmarks: readonly Landmarks[] };
    answer: (EmbeddedFace | undefined)[];
  };
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
  ) {}

  /** Loads the networks. */
  static async open({ detector, embedder, flip, backend: options }: LaneModels): Promise<Lane> {
    const backend = new OnnxRuntimeBackend(options);
    return new Lane(
      await MtcnnStages.load(detector, backend),
      await Embedder.load(embedder.bytes, embedder.card, { backend, flip }),
    );
  }

  /** What it answers; each call blocks the thread while a network runs. */
  readonly handlers: Handlers<LaneCalls> = {
    propose: ({ frame, canvases, logitMin }) => this.detector.propose(this.#of(frame), canvases, logitMin),
    judge: ({ frame, stage, squares }) => this.detector.judge(this.#of(frame), stage, squares),
    embed: ({ crops }) => this.embedder.embed(this.#pixels, crops),
    embedFaces: async ({ frame, landmarks }) => {
      const pixels = this.#of(frame);
      const crops = landmarks.map((points) => cropOf(pixels, points));
      const embedded = await this.embedder.embed(pixels, crops.filter((crop) => crop !== undefined)); // prettier-ignore
      return crops.map((crop) => crop && { ...(embedded.shift() as Embedded), crop });
    },
  };

  /** Frees the networks' memory. */
  async close(): Promise<void> {
    await this.detector.release();
    await this.embedder.release();
  }

  #of(frame: SharedFrame): Pixels {
    if (frame.serial !== this.#serial) this.#pixels.load(frameOf(frame));
    this.#serial = frame.serial;
    return this.#pixels;
  }
}

/** What is no face after all must not fail the frame's other faces. */
function cropOf(pixels: Pixels, landmarks: Landmarks): Uint8Array | undefined {
  try {
    return pixels.warp(faceToCrop(landmarks), ALIGNED_PX);
  } catch (error) {
    if (error instanceof FaceCoreError && error.code === 'landmarks/degenerate') return undefined;
    throw error;
  }
}
