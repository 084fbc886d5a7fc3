import { errorRatesAt, type Scores, type ScoreSet } from './score-set';

/**
 * Area under the ROC curve: the chance that a genuine score is higher than an impostor's, ties counting half
 * (the Mann-Whitney statistic). 0 to 1; 0.5 is guessing.
 *
 * @returns undefined when a class is empty
 */
export function areaUnderRoc({ genuine, impostor }: ScoreSet): number | undefined {
  if (genuine.length === 0 || impostor.length === 0) return undefined;
  let below = 0;
  let notAbove = 0;
  let halves = 0;
  for (const score of genuine) {
    while (below < impostor.length && (impostor[below] as number) < score) below += 1;
    while (notAbove < impostor.length && (impostor[notAbove] as number) <= score) notAbove += 1;
    halves += below + notAbove;
  }
  return halves / 2 / genuine.length / impostor.length;
}

/** One threshold on a DET or ROC curve; the true accept rate is `1 - fnmr`. */
export interface CurvePoint {
  readonly threshold: number;
  /** 0 to 1. */
  readonly fmr: number;
  /** 0 to 1. */
  readonly fnmr: number;
}

const POINTS_MAX = 400;

/**
 * The DET curve: FMR falling, FNMR rising with the threshold. As a ROC curve, plot `1 - fnmr` over `fmr`.
 *
 * Every point is exact. Where there are more than `pointsMax` distinct scores, the points are spread evenly over the
 * logarithm of both rates, so that the rare errors keep their detail.
 *
 * @returns ascending thresholds; none when a class is empty
 */
export function detCurve(scores: ScoreSet, pointsMax: number = POINTS_MAX): CurvePoint[] {
  const { genuine, impostor } = scores;
  if (genuine.length === 0 || impostor.length === 0) return [];
  const each = Math.max(1, Math.floor(pointsMax / 4));
  const thresholds = new Set([
    ...spread(genuine.length, each).map((rank) => genuine[rank] as number),
    ...spread(impostor.length, each).map((rank) => impostor[impostor.length - 1 - rank] as number),
    ...both(genuine, each),
    ...both(impostor, each),
  ]);
  return [...thresholds]
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
    .map((threshold) => {
      const { fmr, fnmr } = errorRatesAt(scores, threshold);
      return { threshold, fmr: fmr as number, fnmr: fnmr as number };
    });
}

/** Ranks 0 to length - 1, dense at 0 and sparse at the end. */
function spread(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, rank) => rank);
  return Array.from({ length: count }, (_, step) => Math.floor(length ** (step / (count - 1))) - 1).map(
    (rank) => Math.min(length - 1, Math.max(0, rank)),
  );
}

/** Evenly spaced scores from lowest to highest, for the middle of the curve. */
function both(ascending: Scores, count: number): number[] {
  const last = ascending.length - 1;
  if (last < count) return [...ascending];
  return Array.from(
    { length: count },
    (_, step) => ascending[Math.round((step * last) / (count - 1))] as number,
  );
}
