import type { Box } from '../detect/face';
import { FaceCoreError } from '../errors';
import { assertFrame, type Frame } from '../image/frame';
import { Network, outputOf, type NetworkOptions } from '../runtime/network';
import { livenessRegion } from './liveness-region';
import { REGION_END, regionGraph, type RegionPixels } from './region-graph';

/** What a liveness network wants and gives; a field of its lock entry each. */
export interface LivenessCard {
  /** Name of the input, `[1, 3, sizePx, sizePx]`. */
  readonly input: string;
  /** Name of the output: one logit for each class. */
  readonly output: string;
  /** Side of the input, in pixels. */
  readonly sizePx: number;
  /** How many times the face's box the network sees. */
  readonly boxScale: number;
  /** Which class is a live person. */
  readonly liveClass: number;
  readonly pixels: RegionPixels;
}

/**
 * Tells live faces from pictures of faces in single frames, as a score.
 *
 * Runs on the inference thread, which it blocks while the network runs. A score is one hint among several, never a
 * verdict: fuse it over frames with `fuseLiveness` and ask for a challenge where a door needs more.
 */
export class LivenessModel {
  private constructor(
    private readonly card: LivenessCard,
    private readonly regions: Network,
    private readonly network: Network,
  ) {}

  /** Loads a liveness network. @param bytes its ONNX file */
  static async load(bytes: Uint8Array, card: LivenessCard, options: NetworkOptions): Promise<LivenessModel> {
    const regions = await Network.load(regionGraph(card.sizePx, card.pixels), options);
    return new LivenessModel(card, regions, await Network.load(bytes, options));
  }

  /**
   * How likely each face is a live person, 0 to 1, as the network's softmax has it; no calibrated probability.
   *
   * @param boxes as the detector gives them, in pixels of the frame
   * @throws {FaceCoreError} `frame/invalid`, `box/invalid`, `model/wrong-output` when the network has no such class or
   *   gives what is no number
   */
  async score(frame: Frame, boxes: readonly Box[]): Promise<number[]> {
    assertFrame(frame);
    const scores: number[] = [];
    for (const box of boxes) scores.push(await this.#one(frame, box));
    return scores;
  }

  /** Frees the memory of both networks. */
  async release(): Promise<void> {
    await Promise.all([this.regions.release(), this.network.release()]);
  }

  async #one(frame: Frame, box: Box): Promise<number> {
    const { card } = this;
    const { left, top, width, height } = livenessRegion(frame, box, card.boxScale);
    const feeds = {
      [REGION_END.frame]: { type: 'uint8', data: frame.data, shape: [frame.height, frame.width, 3] },
      [REGION_END.start]: { type: 'int64', data: BigInt64Array.of(BigInt(top), BigInt(left)), shape: [2] },
      [REGION_END.end]: {
        type: 'int64',
        data: BigInt64Array.of(BigInt(top + height), BigInt(left + width)),
        shape: [2],
      },
    } as const;
    const planes = outputOf(await this.regions.run(feeds), REGION_END.planes);
    const results = await this.network.run({ [card.input]: { type: 'float32', ...planes } });
    return softmaxAt(outputOf(results, card.output).data, card.liveClass);
  }
}

function softmaxAt(logits: Float32Array, index: number): number {
  const largest = Math.max(...logits);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  const probability = Math.exp((logits[index] ?? Number.NaN) - largest) / sum;
  if (Number.isFinite(probability)) return probability;
  throw new FaceCoreError('model/wrong-output', `The liveness network gives no class ${index}.`);
}
