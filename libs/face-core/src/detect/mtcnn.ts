import { assertFrame, type Frame } from '../image/frame';
import { sampleSquare } from '../image/sample-square';
import type { LockedDetector } from '../models/lock';
import { Network, outputOf, type FloatTensor, type NetworkOptions } from '../runtime/network';
import { regressed, squared, type Candidate } from './candidate';
import type { DetectedFace, Point } from './face';
import { LEVEL_INPUT, levelGraph } from './level-graph';
import { candidatesOf, pyramidLevels, type PyramidLevel } from './pyramid';
import { suppress } from './suppress';

/** What counts as a face. */
export interface DetectOptions {
  /** Smaller faces are not looked for, in pixels of the frame. Default 40, at least 20. */
  faceSizeMinPx?: number;
  /** Only so many, the largest, are returned. Default 64. */
  facesMax?: number;
}

/** One of the three networks: its file's bytes and what the lock says of it. */
export interface DetectorStage {
  readonly bytes: Uint8Array;
  readonly card: LockedDetector;
}

/** A network with its card. */
interface Stage {
  readonly network: Network;
  readonly card: LockedDetector;
}

const FACE_SIZE_MIN_PX = 40;
const FACE_SIZE_FLOOR_PX = 20;
const FACES_MAX = 64;
/** Bounds the time that a frame full of texture can take; the best are kept. Ordinary frames have under 300. */
const CANDIDATES_MAX = 2_000;
const BATCH_MAX = 256;
const REFINE_PX = 24;
const OUTPUT_PX = 48;

/**
 * Finds faces and five landmarks with a cascade of three networks.
 *
 * @see Zhang et al., Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks, 2016.
 *   Deviations: crops are taken at fractions of a pixel, so that landmarks do not jump by whole ones; a frame keeps at
 *   most 2,000 candidates.
 */
export class Mtcnn {
  private constructor(
    private readonly propose: Stage,
    private readonly refine: Stage,
    private readonly output: Stage,
  ) {}

  /** Loads the three networks. */
  static async load(
    stages: { propose: DetectorStage; refine: DetectorStage; output: DetectorStage },
    options: NetworkOptions,
  ): Promise<Mtcnn> {
    const load = async ({ bytes, card }: DetectorStage) => ({
      network: await Network.load(bytes, options),
      card,
    });
    const { card } = stages.propose;
    const bytes = levelGraph(stages.propose.bytes, { input: card.input, ...card.outputs });
    return new Mtcnn(await load({ bytes, card }), await load(stages.refine), await load(stages.output));
  }

  /** Finds faces, largest first. @throws {FaceCoreError} `frame/invalid` */
  async detect(frame: Frame, options: DetectOptions = {}): Promise<DetectedFace[]> {
    assertFrame(frame);
    const faceSizeMinPx = Math.max(FACE_SIZE_FLOOR_PX, options.faceSizeMinPx ?? FACE_SIZE_MIN_PX);
    const proposed = await this.#proposed(frame, faceSizeMinPx);
    const refined = await this.#refined(frame, proposed);
    const faces = await this.#faces(frame, refined);
    return faces
      .filter(({ box }) => Math.max(box.width, box.height) >= faceSizeMinPx)
      .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
      .slice(0, options.facesMax ?? FACES_MAX);
  }

  async release(): Promise<void> {
    await Promise.all([this.propose, this.refine, this.output].map(({ network }) => network.release()));
  }

  async #proposed(frame: Frame, faceSizeMinPx: number): Promise<Candidate[]> {
    const candidates: Candidate[] = [];
    for (const level of pyramidLevels(frame.width, frame.height, faceSizeMinPx)) {
      candidates.push(...suppress(best(await this.#level(frame, level)), 0.5, 'union'));
    }
    return best(suppress(candidates, 0.7, 'union').map((candidate) => squared(regressed(candidate, 0))));
  }

  async #level(frame: Frame, level: PyramidLevel): Promise<Candidate[]> {
    const { network, card } = this.propose;
    const { width, height, data } = frame;
    const results = await network.run({
      [LEVEL_INPUT.frame]: { type: 'uint8', data, shape: [height, width, 3] },
      [LEVEL_INPUT.size]: {
        type: 'int64',
        data: BigInt64Array.from([1, level.height, level.width, 3], BigInt),
        shape: [4],
      },
    });
    const probability = outputOf(results, card.outputs.probability);
    const [, , rows = 0, columns = 0] = probability.shape;
    const regression = outputOf(results, card.outputs.regression).data;
    return candidatesOf(
      { rows, columns, probability: probability.data, regression },
      level.scale,
      card.scoreMin,
    );
  }

  async #refined(frame: Frame, candidates: readonly Candidate[]): Promise<Candidate[]> {
    const judged = await judge(this.refine, frame, candidates, REFINE_PX);
    return suppress(
      judged.map(({ candidate }) => candidate),
      0.7,
      'union',
    ).map((candidate) => squared(regressed(candidate, 1)));
  }

  async #faces(frame: Frame, candidates: readonly Candidate[]): Promise<DetectedFace[]> {
    const judged = await judge(this.output, frame, candidates, OUTPUT_PX);
    const found = judged.map(({ candidate, landmarks }) => ({
      ...regressed(candidate, 1),
      landmarks: placed(candidate, landmarks),
    }));
    return suppress(found, 0.7, 'minimum').map(({ left, top, right, bottom, score, landmarks }) => ({
      box: { x: left, y: top, width: right - left, height: bottom - top },
      score,
      landmarks,
    }));
  }
}

/** A candidate that a network took for a face, with its landmarks in parts of the box: five x, then five y. */
interface Judgement {
  readonly candidate: Candidate;
  readonly landmarks: Float32Array;
}

async function judge(
  { network, card }: Stage,
  frame: Frame,
  candidates: readonly Candidate[],
  sizePx: number,
): Promise<Judgement[]> {
  const kept: Judgement[] = [];
  for (let start = 0; start < candidates.length; start += BATCH_MAX) {
    const batch = candidates.slice(start, start + BATCH_MAX);
    const results = await network.run({ [card.input]: cropsOf(frame, batch, sizePx) });
    const { data: probability } = outputOf(results, card.outputs.probability);
    const { data: regression } = outputOf(results, card.outputs.regression);
    const points = card.outputs.landmarks ? outputOf(results, card.outputs.landmarks) : undefined;
    for (const [index, candidate] of batch.entries()) {
      const score = probability[2 * index + 1] as number;
      if (!(score >= card.scoreMin)) continue;
      const [left = 0, top = 0, right = 0, bottom = 0] = regression.subarray(4 * index, 4 * index + 4);
      kept.push({
        candidate: { ...candidate, score, regression: [left, top, right, bottom] },
        landmarks: rowOf(points, index),
      });
    }
  }
  return kept;
}

function cropsOf(frame: Frame, batch: readonly Candidate[], sizePx: number) {
  const stride = 3 * sizePx * sizePx;
  const data = new Float32Array(batch.length * stride);
  for (const [index, { left, top, right }] of batch.entries()) {
    // The networks were trained on boxes counted from 1 that include their last pixel.
    const square = { left: left - 1, top: top - 1, size: right - left + 1 };
    sampleSquare(frame, square, { values: data, offset: index * stride, sizePx });
  }
  return { type: 'float32', data, shape: [batch.length, 3, sizePx, sizePx] } as const;
}

function rowOf(points: FloatTensor | undefined, index: number): Float32Array {
  return points ? points.data.slice(10 * index, 10 * index + 10) : new Float32Array(0);
}

function placed(box: Candidate, landmarks: Float32Array): Point[] {
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  return Array.from({ length: 5 }, (_, point) => ({
    x: box.left + width * (landmarks[point] as number) - 1,
    y: box.top + height * (landmarks[point + 5] as number) - 1,
  }));
}

function best(candidates: readonly Candidate[]): Candidate[] {
  if (candidates.length <= CANDIDATES_MAX) return [...candidates];
  return [...candidates].sort((a, b) => b.score - a.score).slice(0, CANDIDATES_MAX);
}
