import type { Box } from '../detect/face';
import { FaceCoreError } from '../errors';
import { assertFrame, type Frame } from '../image/frame';
import { outputOf, type InferenceBackend } from '../runtime/inference-backend';
import { RegionNetwork, type RegionCard } from '../region/region-network';

/** What a liveness network wants and gives: one logit for each class. */
export interface LivenessCard extends RegionCard {
  /** Which class is a live person. */
  readonly liveClass: number;
}

/**
 * Tells live faces from pictures of faces in single frames, as a score.
 *
 * Runs on the inference thread, which it blocks while the network runs. A score is one hint among several, never a
 * verdict: fuse it over frames with `fuseLiveness` and ask for a challenge where a door needs more.
 *
 * `fr_liveness` on the 540 development frames of REPLAY-ATTACK (training split, 15 people, detector's boxes): AUC 0.950,
 * EER 12 % at 0.80. At 0.5 it takes 6.7 % of live frames for attacks (BPCER; 3 % in even light, 10 % in adverse) and
 * lets pass (APCER) 63 % of photographs and 13 % of videos on a tablet, 5 and 3 % on a telephone, 28 % of prints; at
 * 0.9 BPCER is 15.8 % and APCER 32, 2, 0, 0 and 8 %. The worst species decides: an attacker chooses it.
 */
export class LivenessModel {
  private constructor(
    private readonly network: RegionNetwork,
    private readonly card: LivenessCard,
  ) {}

  /** Loads a liveness network. @param bytes its ONNX file */
  static async load(
    bytes: Uint8Array,
    card: LivenessCard,
    backend: InferenceBackend,
  ): Promise<LivenessModel> {
    return new LivenessModel(await RegionNetwork.load(bytes, card, backend), card);
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
    for (const box of boxes) {
      const { outputs } = await this.network.run(frame, box);
      scores.push(softmaxAt(outputOf(outputs, this.card.output).data, this.card.liveClass));
    }
    return scores;
  }

  /** Frees the network's memory. */
  release(): Promise<void> {
    return this.network.release();
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
