import { wilsonInterval, type Interval } from '../evaluate/statistics/interval';
import { countBelow, type Scores } from '../evaluate/statistics/score-set';
import { impostorTail, type ImpostorTail } from './impostor-tail';

/** Impostor scores behind a counted rate: with fewer, it is extrapolated (rule of 3). */
export const SUPPORT_MIN = 3;
/** The lowest rate that is claimed is so many times below where the counting ends: two decades. */
export const EXTRAPOLATED_TIMES = 100;
// To a millionth: a tenth of what similarities are rounded to.
const BISECTIONS = 20;

/** An FMR with its 95 % interval. */
export interface FalseMatchRate {
  readonly rate: number;
  readonly low: number;
  readonly high: number;
  /** True where a fitted tail answers. */
  readonly extrapolated: boolean;
}

/** The FMR of every threshold. */
export interface FalseMatchRates {
  /** The lowest FMR that is claimed. */
  readonly floor: number;
  at(similarity: number): FalseMatchRate;
  /** The threshold that has an FMR between the end of the counting and the floor; undefined where no tail fits. */
  scoreAt(fmr: number): number | undefined;
}

/**
 * Makes the curve of the FMR: counted while at least three scores are behind it, then a fitted tail.
 *
 * Where a score is the highest of n comparisons, the share p of scores at a threshold is 1 - (1 - FMR)^n.
 *
 * @param ascending sorted impostor scores
 * @param comparisonsPerScore n, 1 or more
 */
export function falseMatchRates(ascending: Scores, comparisonsPerScore: number): FalseMatchRates {
  const perComparison = (share: number) => -Math.expm1(Math.log1p(-share) / comparisonsPerScore);
  const tail = impostorTail(ascending);
  const { shareAt, lowest, end } = sharesPastCounting(ascending, tail);
  return {
    floor: perComparison(lowest),
    at(similarity) {
      const hits = hitsAt(ascending, similarity);
      const extrapolated = hits < SUPPORT_MIN;
      const rate = extrapolated ? shareAt(similarity) : hits / ascending.length;
      const [low, high] = extrapolated
        ? (tail?.intervalAt(similarity) ?? [0, rate])
        : (wilsonInterval(hits, ascending.length) as Interval);
      return {
        rate: perComparison(rate),
        low: perComparison(Math.min(rate, low)),
        high: perComparison(Math.max(rate, high)),
        extrapolated,
      };
    },
    scoreAt: (fmr) => tail && scoreWhere(end, (score) => perComparison(shareAt(score)) <= fmr),
  };
}

/** Past the end of the counting: the fitted share, within what the data and the rule of 3 say. */
function sharesPastCounting(ascending: Scores, tail: ImpostorTail | undefined) {
  const end = ascending[ascending.length - SUPPORT_MIN] as number;
  const bound = SUPPORT_MIN / ascending.length;
  const lowest = tail ? bound / EXTRAPOLATED_TIMES : bound;
  // The fit may pass below what was counted at the end of the data; it is lifted there and keeps its slope.
  const lift = tail ? Math.max(1, bound / tail.rateAt(end)) : 1;
  const shareAt = (score: number) => {
    const seen = hitsAt(ascending, score) / ascending.length;
    return Math.max(lowest, seen, Math.min(bound, (tail?.rateAt(score) ?? 1) * lift));
  };
  return { shareAt, lowest, end };
}

function hitsAt(ascending: Scores, score: number): number {
  return ascending.length - countBelow(ascending, score);
}

/** The lowest score from `from` to 1 where something becomes true, and stays so. */
function scoreWhere(from: number, isTrue: (score: number) => boolean): number {
  let [low, high] = [from, 1];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (isTrue(middle)) high = middle;
    else low = middle;
  }
  return high;
}
