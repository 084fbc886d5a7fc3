import type { Box } from '../detect/face';
import { FaceCoreError } from '../errors';
import { assertFrame, type Frame } from '../image/frame';
import { RegionNetwork, type RegionInput } from '../region/region-network';
import { outputOf, type FloatTensor, type InferenceBackend } from '../runtime/inference-backend';
import type { HeadPose } from './head-pose';

/** A value for each angle of a pose. */
export interface PerAngle<Value> {
  readonly yaw: Value;
  readonly pitch: Value;
  readonly roll: Value;
}

/** What a pose network wants, and how its answers are read. */
export interface PoseCard extends RegionInput {
  /** Names of the outputs. */
  readonly outputs: PerAngle<string>;
  /**
   * Where an output is one logit a bin of angles: the angle is the softmax's mean. Left out, each output is one number
   * of degrees.
   */
  readonly bins?: {
    readonly count: number;
    /** Centre of the first bin. */
    readonly firstDeg: number;
    /** From one bin's centre to the next. */
    readonly widthDeg: number;
  };
  /** Added to the network's own angles. */
  readonly offsetDeg?: PerAngle<number>;
  /** 1 where the network's angle, offset added, counts as in {@link HeadPose}, -1 where the other way round. */
  readonly signs: PerAngle<1 | -1>;
}

/**
 * Estimates poses with a network that sees the face, where `headPose` has five points alone.
 *
 * Runs on the inference thread, which it blocks while the network runs.
 *
 * `fr_pose` takes 4 ms a face on one thread. Mean absolute error of yaw, pitch, roll in degrees, on the 197 development
 * photographs of AFLW2000-3D whose face the detector finds, `headPose` with the detector's points in brackets: 2.5, 4.1, 1.9
 * (4.4, 6.0, 2.8); within 30 degrees of yaw 2.1, 4.0, 1.7 (3.2, 5.2, 2.0), 95 % within 6.0, 11.2, 4.7 (8.1, 14.2, 6.5); at 30
 * to 45 degrees (14 faces) 3.5, 4.2, 1.9 (7.7, 7.9, 3.7), beyond (17 faces) 5.3, 5.4, 4.4 (13.0, 12.5, 9.3). Far turns are
 * underestimated by 4 to 5 degrees, `headPose` by 6 to 13. The box scale and the pitch's offset of 3.5 degrees were chosen
 * on the same photographs; on Yale's 165 frontal faces, which had no part in it, the mean pose is -0.8, 1.5, 0.7.
 *
 * @see Ruiz, Chong, Rehg, Fine-Grained Head Pose Estimation Without Keypoints, CVPR workshops 2018, for the bins. They span
 *   3 degrees from -99 on; the angle is read from their centres, where the package and the paper's code read their edges.
 */
export class PoseModel {
  private constructor(
    private readonly network: RegionNetwork,
    private readonly card: PoseCard,
  ) {}

  /** Loads a pose network. @param bytes its ONNX file */
  static async load(bytes: Uint8Array, card: PoseCard, backend: InferenceBackend): Promise<PoseModel> {
    return new PoseModel(await RegionNetwork.load(bytes, card, backend), card);
  }

  /**
   * Estimates the pose of each face.
   *
   * @param boxes as the detector gives them, in pixels of the frame
   * @throws {FaceCoreError} `frame/invalid`, `box/invalid`, `model/wrong-output` when the network gives another number of
   *   values than its card says, or what is no number
   */
  async estimate(frame: Frame, boxes: readonly Box[]): Promise<HeadPose[]> {
    assertFrame(frame);
    const poses: HeadPose[] = [];
    for (const box of boxes) {
      const { outputs } = await this.network.run(frame, box);
      poses.push({
        yawDeg: this.#angle(outputs, 'yaw'),
        pitchDeg: this.#angle(outputs, 'pitch'),
        rollDeg: this.#angle(outputs, 'roll'),
      });
    }
    return poses;
  }

  /** Frees the network's memory. */
  release(): Promise<void> {
    return this.network.release();
  }

  #angle(outputs: ReadonlyMap<string, FloatTensor>, angle: keyof PerAngle<unknown>): number {
    const { bins, offsetDeg, signs, outputs: names } = this.card;
    const { data } = outputOf(outputs, names[angle]);
    const count = bins?.count ?? 1;
    const own = bins ? bins.firstDeg + bins.widthDeg * meanBin(data) : (data[0] ?? Number.NaN);
    if (data.length === count && Number.isFinite(own))
      return signs[angle] * (own + (offsetDeg?.[angle] ?? 0));
    throw new FaceCoreError(
      'model/wrong-output',
      `The pose network must give ${count} finite numbers for the ${angle}.`,
    );
  }
}

/** The mean of the bins' numbers, each weighed by its softmax. */
function meanBin(logits: Float32Array): number {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  let sum = 0;
  let weighed = 0;
  for (const [bin, logit] of logits.entries()) {
    const weight = Math.exp(logit - largest);
    sum += weight;
    weighed += bin * weight;
  }
  return weighed / sum;
}
