import type { SharedFrame } from '../runtime/shared-frame';
import type { Canvas } from './canvases';
import { planCanvases } from './canvases';
import { regressed, squared, type Candidate } from './candidate';
import { PROPOSAL_NUMBERS } from './cells';
import { probabilityOf, resolveDetectOptions, type ResolvedDetectOptions } from './detect-options';
import type { Detector, DetectOptions } from './detector';
import type { Box, DetectedFace } from './face';
import { facesAt, judged, toFace, withFinalBox, type JudgingThreads } from './judging';
import type { MtcnnNetworks } from './mtcnn-stages';
import { planPatches } from './patches';
import { pyramidLevels, type PyramidLevel } from './pyramid';
import { judgedWithSecondChance } from './second-chance';
import { suppress } from './suppress';

/** The cascade's networks on one thread or several, each of which does a part. */
export interface MtcnnThreads extends JudgingThreads<SharedFrame> {
  /** See `MtcnnStages.propose`; one list of canvases for each thread. */
  propose(
    frame: SharedFrame,
    canvases: readonly (readonly Canvas[])[],
    logitMin: number,
  ): Promise<number[][]>;
}

/** Bounds the time that a frame full of texture can take; the best are kept. Ordinary frames have under 300. */
const CANDIDATES_MAX = 2_000;
/**
 * From which overlap on boxes of the third network most likely show the same face. It then judges a seventh of the boxes
 * on pictures of one person, finds the same faces, and its landmarks are a tenth better. The second network's boxes are
 * not clustered: that spares a fifth of them and loses 1 to 3 of 580 faces in profile.
 */
const SAME_FACE_MIN = 0.6;
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
    const { logitMin } = resolved;
    const proposed = await this.#proposed(frame, resolved);
    const refined = await this.#refined(frame, proposed, logitMin);
    const found = await judgedWithSecondChance(refined, SAME_FACE_MIN, (candidates) =>
      judged(this.threads, frame, 'output', { candidates, logitMin }),
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
    const { logitMin } = resolveDetectOptions(options, this.scoreMin);
    return facesAt(this.threads, frame, { boxes, logitMin });
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
    logitMin: ResolvedDetectOptions['logitMin'],
  ): Promise<Candidate[]> {
    const refined = await judged(this.threads, frame, 'refine', { candidates, logitMin });
    const kept = suppress(
      refined.filter((candidate) => candidate !== undefined),
      0.7,
      'union',
    );
    return kept.map((candidate) => squared(regressed(candidate, 1)));
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

function best(candidates: readonly Candidate[]): Candidate[] {
  if (candidates.length <= CANDIDATES_MAX) return [...candidates];
  return [...candidates].sort((a, b) => b.score - a.score).slice(0, CANDIDATES_MAX);
}
