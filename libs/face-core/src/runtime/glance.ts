import { resolveDetectOptions } from '../detect/detect-options';
import type { Box, DetectedFace } from '../detect/face';
import { Judges, type JudgingStage } from '../detect/judges';
import { facesAt } from '../detect/judging';
import type { Frame } from '../image/frame';
import { FrameRows } from '../image/frame-rows';
import { readDetectorStage } from '../models/read-detector';
import type { BackendOptions } from './inference-backend';
import { OnnxRuntimeBackend } from './onnxruntime-backend';

/** More are work for threads that share it. */
const BOXES_MAX = 4;

interface Loaded {
  readonly judges: Judges;
  readonly logitMin: Readonly<Record<JudgingStage, number>>;
}

/**
 * Looks for a few faces where they are expected, on the calling thread.
 *
 * That blocks it for about a quarter of a millisecond a face, less than the way to the inference thread and back takes
 * from rest. Calls may overlap; they are answered in order.
 */
export class Glance {
  readonly #rows = new FrameRows();
  #loaded: Loaded | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** Settles when it can look, or never will. Never rejects. */
  readonly opened: Promise<void>;

  /** Begins to load the two networks. @param modelsDirectory where a pipeline has found them already */
  constructor(modelsDirectory: string, backend: BackendOptions) {
    // Without them the inference thread looks: slower, and it says what is wrong.
    this.opened = this.#load(modelsDirectory, backend).catch(() => undefined);
  }

  /** Whether it can look now, and at so many boxes. */
  isFor(boxes: readonly Box[]): boolean {
    return this.#loaded !== undefined && boxes.length <= BOXES_MAX;
  }

  /**
   * See `Detector.refine`. Only after {@link isFor}.
   *
   * @param frame RGB without gaps, valid; must stay as it is until the promise settles
   */
  refine(frame: Frame, boxes: readonly Box[]): Promise<(DetectedFace | undefined)[]> {
    // One at a time: pixels lie in memory that the next look uses again.
    const looked = this.#last.then(() => this.#look(frame, boxes));
    this.#last = looked.catch(() => undefined);
    return looked;
  }

  /** Frees the networks' memory, once the looks that are under way are done. */
  async close(): Promise<void> {
    await this.opened;
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await this.#last;
    await loaded?.judges.release();
  }

  async #load(directory: string, backend: BackendOptions): Promise<void> {
    const [refine, output] = await Promise.all([
      readDetectorStage('refine', { directory }),
      readDetectorStage('output', { directory }),
    ]);
    const judges = await Judges.load({ refine, output }, new OnnxRuntimeBackend(backend));
    const scoreMin = { propose: 0, refine: refine.card.scoreMin, output: output.card.scoreMin };
    this.#loaded = { judges, logitMin: resolveDetectOptions({}, scoreMin).logitMin };
  }

  async #look(frame: Frame, boxes: readonly Box[]): Promise<(DetectedFace | undefined)[]> {
    const { judges, logitMin } = this.#loaded as Loaded;
    this.#rows.turnTo(frame);
    try {
      return await facesAt(
        {
          count: 1,
          judge: async (_, stage, [squares = []]) => [await judges.judge(this.#rows, stage, squares)],
        },
        frame,
        { boxes, logitMin },
      );
    } finally {
      this.#rows.turnTo(undefined);
    }
  }
}
