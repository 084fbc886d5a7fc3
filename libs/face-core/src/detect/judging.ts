import { FaceCoreError } from '../errors';
import type { Square } from '../image/pixels';
import { regressed, squared, type Candidate } from './candidate';
import { probabilityOf, type ResolvedDetectOptions } from './detect-options';
import type { Box, DetectedFace, Point } from './face';
import { judgementNumbers, type JudgingStage } from './judges';

/** The second and third network on one thread or several, each of which judges a part. */
export interface JudgingThreads<F> {
  readonly count: number;
  /** See `Judges.judge`; one list of squares for each thread. */
  judge(frame: F, stage: JudgingStage, squares: readonly (readonly Square[])[]): Promise<Float32Array[]>;
}

/** A box that a network judged, with its landmarks in parts of the box: five x, then five y. */
export interface Judged extends Candidate {
  readonly landmarks: Float32Array;
}

/** Fewer boxes for each thread are not worth waking it. */
const SHARE_MIN: Readonly<Record<JudgingStage, number>> = { refine: 6, output: 1 };

/** The logits from which the two networks take a box for a face. */
type LogitMin = Pick<ResolvedDetectOptions['logitMin'], JudgingStage>;

/** What a network says of each candidate, undefined where it takes it for no face. */
export async function judged<F, C extends Candidate>(
  threads: JudgingThreads<F>,
  frame: F,
  stage: JudgingStage,
  { candidates, logitMin }: { candidates: readonly C[]; logitMin: LogitMin },
): Promise<((C & Judged) | undefined)[]> {
  if (candidates.length === 0) return [];
  const shares = shared(candidates, threads.count, SHARE_MIN[stage]);
  const answers = await threads.judge(
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

/**
 * Looks at boxes where faces are expected, by the second and third network alone.
 *
 * @param boxes in pixels of the frame; they may leave it
 * @returns for each box, in order, the face there, or undefined
 * @throws {FaceCoreError} `box/invalid` before the first look
 */
export async function facesAt<F>(
  threads: JudgingThreads<F>,
  frame: F,
  { boxes, logitMin }: { boxes: readonly Box[]; logitMin: LogitMin },
): Promise<(DetectedFace | undefined)[]> {
  const numbered = boxes.map((box, index) => ({ ...squared(candidateOf(box)), index }));
  const refined = await judged(threads, frame, 'refine', { candidates: numbered, logitMin });
  const squares = refined.flatMap((candidate) => (candidate ? [squared(regressed(candidate, 1))] : []));
  const found = await judged(threads, frame, 'output', { candidates: squares, logitMin });
  const result = boxes.map((): DetectedFace | undefined => undefined);
  for (const face of found) if (face) result[face.index] = toFace(withFinalBox(face));
  return result;
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

/** The box that the third network makes of its square. Landmarks belong to the box as it was judged, the face's box is what the network makes of it. */
export function withFinalBox<C extends Judged>(judged: C): C & { points: Point[] } {
  const { left, top, right, bottom, landmarks } = judged;
  const width = right - left + 1;
  const height = bottom - top + 1;
  const points = Array.from({ length: 5 }, (_, point) => ({
    x: left + width * (landmarks[point] as number) - 1,
    y: top + height * (landmarks[point + 5] as number) - 1,
  }));
  return { ...regressed(judged, 1), points };
}

/** A box of the third network as a face. */
export function toFace({
  left,
  top,
  right,
  bottom,
  score,
  points,
}: Candidate & { points: Point[] }): DetectedFace {
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  return { box, score, landmarks: points };
}
