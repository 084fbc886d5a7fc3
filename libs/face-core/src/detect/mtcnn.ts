import { FaceCoreError } from '../errors';
import type { Square } from '../image/pixels';
import type { SharedFrame } from '../runtime/shared-frame';
import type { Canvas } from './canvases';
import { planCanvases } from './canvases';
import { regressed, squared, type Candidate } from './candidate';
import { PROPOSAL_NUMBERS } from './cells';
import { probabilityOf, resolveDetectOptions, type ResolvedDetectOptions } from './detect-options';
import type { Detector, DetectOptions } from './detector';
import type { Box, DetectedFace, Point } from './face';
import { judgementNumbers, type JudgingStage, type MtcnnNetworks } from './mtcnn-stages';
import { planPatches } from './patches';
import { pyramidLevels, type PyramidLevel } from './pyramid';
import { judgedWithSecondChance } from './second-chance';
import { suppress } from './suppress';

/** The cascade's networks on one thread or several, each of which does a part. */
export interface MtcnnThreads {
  readonly count: number;
  /** See `MtcnnStages.propose`; one list of canvases for each thread. */
  propose(
    frame: SharedFrame,
    canvases: readonly (readonly Canvas[])[],
    logitMin: number,
  ): Promise<number[][]>;
  /** See `MtcnnStages.judge`; one list of squares for each thread. */
  judge(
    frame: SharedFrame,
    stage: JudgingStage,
    squares: readonly (readonly Square[])[],
  ): Promise<Float32Array[]>;
}

/** Bounds the time that a frame full of texture can take; the best are kept. Ordinary frames have under 300. */
const CANDIDATES_MAX = 2_000;
/**
 * From which overlap on boxes of the third network most likely show the same face. It then judges a seventh of the boxes
 * on pictures of one person, finds the same faces, and its landmarks are a tenth better. The second network's boxes are
 * not clustered: that spares a fifth of them and loses 1 to 3 of 580 faces in profile.
 */
const SAME_FACE_MIN = 0.6;
/** Fewer boxes for each thread are not worth waking it. */
const SHARE_MIN: Readonly<Record<JudgingStage, number>> = { refine: 6, output: 1 };

/**
 * The largest level, half of the first network's work, is looked at only where the next one sees at least a trace of a
 * face: a probability of 18 %, where 60 % makes a proposal. That is a sixth to a quarter of it on frames of a
 * door. Measured beside looking at all of it: the same faces on LFW, CFP and AFLW2000, and 254 of 255 on scenes of small
 * faces (40 to 60 pixels) that were pasted onto rooms.
 */
const LOGIT_SEEN = -1.5;
/** A smaller largest level is not worth a look of its own. */
const GATED_PIXELS_MIN = 12_000;

/** How a size of frame is looked at. */
interface Plan {
  readonly key: string;
  readonly levels: readonly PyramidLevel[];
  /** Of all levels, or of all but the largest. */
  readonly canvases: Canvas[][];
  readonly isGated: boolean;
}

/** A box that a network judged, with its landmarks in parts of the box: five x, then five y. */
interface Judged extends Candidate {
  readonly landmarks: Float32Array;
}

/**
 * Finds faces and five landmarks with a cascade of three networks.
 *
 * @see Zhang et al., Joint Face Detection and Alignment using Multi-task Cascaded Convolutional Networks, 2016.
 *   Deviations: crops are taken at fractions of a pixel, so that landmarks do not jump by whole ones; levels of the
 *   pyramid are sampled at exactly their scale, those for large faces with room around the frame; the third network
 *   judges one of several boxes of a face; the largest level is looked at only where the next sees a trace of a face; a
 *   frame keeps at most 2,000 candidates.
 */
export class Mtcnn implements Detector {
  /** For the size of frame and options seen last: a camera's never change. */
  #last: Plan | undefined;

  constructor(
    private readonly threads: MtcnnThreads,
    /** The networks' own thresholds. */
    private readonly scoreMin: MtcnnNetworks<number>,
  ) {}

  async detect(frame: SharedFrame, options: DetectOptions): Promise<DetectedFace[]> {
    const resolved = resolveDetectOptions(options, this.scoreMin);
    const proposed = await this.#proposed(frame, resolved);
    const refined = await this.#refined(frame, proposed, resolved);
    const found = await judgedWithSecondChance(refined, SAME_FACE_MIN, (candidates) =>
      this.#judged(frame, 'output', candidates, resolved),
    );
    const kept = suppress(found.map(withFinalBox), 0.7, 'minimum');
    return kept
      .map(toFace)
      .filter(({ box }) => Math.max(box.width, box.height) >= resolved.faceSizeMinPx)
      .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
      .slice(0, resolved.facesMax);
  }

  async refine(
    frame: SharedFrame,
    boxes: readonly Box[],
    options: DetectOptions,
  ): Promise<(DetectedFace | undefined)[]> {
    const resolved = resolveDetectOptions(options, this.scoreMin);
    const numbered = boxes.map((box, index) => ({ ...squared(candidateOf(box)), index }));
    const refined = await this.#judged(frame, 'refine', numbered, resolved);
    const squares = refined.flatMap((candidate) => (candidate ? [squared(regressed(candidate, 1))] : []));
    const found = await this.#judged(frame, 'output', squares, resolved);
    const result = boxes.map((): DetectedFace | undefined => undefined);
    for (const face of found) if (face) result[face.index] = toFace(withFinalBox(face));
    return result;
  }

  async #proposed(
    frame: SharedFrame,
    { faceSizeMinPx, scaleFactor, logitMin }: ResolvedDetectOptions,
  ): Promise<Candidate[]> {
    const { levels: pyramid, canvases, isGated } = this.#plan(frame, faceSizeMinPx, scaleFactor);
    const logitSeen = isGated ? Math.min(logitMin.propose, LOGIT_SEEN) : logitMin.propose;
    const levels = new Map<number, Candidate[]>();
    for (const numbers of await this.threads.propose(frame, canvases, logitSeen)) collect(numbers, levels);
    if (isGated) {
      const seen = levels.get(1) ?? [];
      const scoreMin = probabilityOf(logitMin.propose);
      for (const [level, found] of levels) levels.set(level, found.filter(({ score }) => score >= scoreMin)); // prettier-ignore
      const [largest] = pyramid as [PyramidLevel];
      const patches = planPatches(largest, seen, this.threads.count) ?? planCanvases([largest], this.threads.count); // prettier-ignore
      for (const numbers of await this.threads.propose(frame, patches, logitMin.propose)) collect(numbers, levels); // prettier-ignore
    }
    const candidates: Candidate[] = [];
    // In the order of their levels, which threads may have shared: the same frame gives the same faces on any machine.
    for (const [, level] of [...levels].sort(([a], [b]) => a - b)) {
      candidates.push(...suppress(best(level), 0.5, 'union'));
    }
    return best(suppress(candidates, 0.7, 'union').map((candidate) => squared(regressed(candidate, 0))));
  }

  #plan({ width, height }: SharedFrame, faceSizeMinPx: number, factor: number): Plan {
    const key = [width, height, faceSizeMinPx, factor].join();
    if (this.#last?.key !== key) {
      const levels = pyramidLevels({ width, height }, faceSizeMinPx, factor);
      const [largest, next] = levels;
      const isGated = next !== undefined && largest !== undefined && largest.width * largest.height >= GATED_PIXELS_MIN; // prettier-ignore
      const canvases = planCanvases(levels, this.threads.count, isGated ? 1 : 0);
      this.#last = { key, levels, canvases, isGated };
    }
    return this.#last;
  }

  async #refined(
    frame: SharedFrame,
    candidates: readonly Candidate[],
    options: ResolvedDetectOptions,
  ): Promise<Candidate[]> {
    const judged = await this.#judged(frame, 'refine', candidates, options);
    const kept = suppress(
      judged.filter((candidate) => candidate !== undefined),
      0.7,
      'union',
    );
    return kept.map((candidate) => squared(regressed(candidate, 1)));
  }

  /** What a network says of each candidate, undefined where it takes it for no face. */
  async #judged<C extends Candidate>(
    frame: SharedFrame,
    stage: JudgingStage,
    candidates: readonly C[],
    { logitMin }: ResolvedDetectOptions,
  ): Promise<((C & Judged) | undefined)[]> {
    if (candidates.length === 0) return [];
    const shares = shared(candidates, this.threads.count, SHARE_MIN[stage]);
    const answers = await this.threads.judge(
      frame,
      stage,
      shares.map((share) => share.map(squareOf)),
    );
    const numbers = judgementNumbers(stage);
    return shares.flatMap((share, thread) =>
      share.map((candidate, index) => {
        const row = answers[thread]?.subarray(numbers * index, numbers * (index + 1)) ?? new Float32Array(0);
        const [logit = Number.NaN, left = 0, top = 0, right = 0, bottom = 0] = row;
        if (!(logit >= logitMin[stage])) return undefined;
        const regression = [left, top, right, bottom] as const;
        return { ...candidate, score: probabilityOf(logit), regression, landmarks: row.subarray(5) };
      }),
    );
  }
}

function collect(numbers: readonly number[], levels: Map<number, Candidate[]>): void {
  const number = (at: number) => numbers[at] as number;
  for (let at = 0; at < numbers.length; at += PROPOSAL_NUMBERS) {
    const level = number(at);
    let candidates = levels.get(level);
    if (!candidates) levels.set(level, (candidates = []));
    candidates.push({
      left: number(at + 1),
      top: number(at + 2),
      right: number(at + 3),
      bottom: number(at + 4),
      score: probabilityOf(number(at + 5)),
      regression: [number(at + 6), number(at + 7), number(at + 8), number(at + 9)],
    });
  }
}

/** Equal parts, in order, for as many threads as there is work for. */
function shared<T>(items: readonly T[], threads: number, shareMin: number): T[][] {
  const parts = Math.max(1, Math.min(threads, Math.floor(items.length / shareMin)));
  return Array.from({ length: parts }, (_, part) =>
    items.slice(Math.round((part * items.length) / parts), Math.round(((part + 1) * items.length) / parts)),
  );
}

/** The networks were trained on boxes counted from 1 that include their last pixel. */
function squareOf({ left, top, right }: Candidate): Square {
  return { left: left - 1, top: top - 1, size: right - left + 1 };
}

function candidateOf({ x, y, width, height }: Box): Candidate {
  if (!(width > 0 && height > 0) || !Number.isFinite(x + y + width + height)) {
    throw new FaceCoreError('box/invalid', 'A box to look for a face in has an area and is finite.');
  }
  return { left: x, top: y, right: x + width, bottom: y + height, score: 1, regression: [0, 0, 0, 0] };
}

/** Landmarks belong to the box as it was judged, the face's box is what the network makes of it. */
function withFinalBox<C extends Judged>(judged: C): C & { points: Point[] } {
  const { left, top, right, bottom, landmarks } = judged;
  const width = right - left + 1;
  const height = bottom - top + 1;
  const points = Array.from({ length: 5 }, (_, point) => ({
    x: left + width * (landmarks[point] as number) - 1,
    y: top + height * (landmarks[point + 5] as number) - 1,
  }));
  return { ...regressed(judged, 1), points };
}

function toFace({ left, top, right, bottom, score, points }: Candidate & { points: Point[] }): DetectedFace {
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return { box, score, landmarks: points };
}

function best(candidates: readonly Candidate[]): Candidate[] {
  if (candidates.length <= CANDIDATES_MAX) return [...candidates];
  return [...candidates].sort((a, b) => b.score - a.score).slice(0, CANDIDATES_MAX);
}
