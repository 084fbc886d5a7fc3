import { errorCountsAt, scoreSet, type ScoreSet } from './score-set';
import { walkThresholds } from './walk-thresholds';

/** One comparison of a verification protocol. */
export interface FoldedScore {
  /** -Infinity for a comparison that could not be made: it counts as a rejection. */
  readonly score: number;
  readonly same: boolean;
  readonly fold: number;
}

/** How often a verification is right, and how sure that is. */
export interface KFoldAccuracy {
  /** 0 to 1. */
  readonly mean: number;
  /** Standard deviation over folds divided by the square root of their number. */
  readonly standardError: number;
  readonly folds: readonly { readonly fold: number; readonly accuracy: number; readonly threshold: number }[];
}

/**
 * Accuracy by cross-validation: each fold is judged with the threshold that does best on all the others.
 *
 * Where several thresholds do equally well, the middle of the widest gap between scores is taken.
 *
 * @returns undefined for fewer than two folds: then there is nothing to choose a threshold on
 * @see Huang et al., Labeled Faces in the Wild, 2007, for the protocol
 */
export function kFoldAccuracy(comparisons: readonly FoldedScore[]): KFoldAccuracy | undefined {
  const byFold = new Map<number, FoldedScore[]>();
  for (const comparison of comparisons) {
    const members = byFold.get(comparison.fold);
    if (members) members.push(comparison);
    else byFold.set(comparison.fold, [comparison]);
  }
  if (byFold.size < 2) return undefined;
  const folds = [...byFold]
    .sort(([a], [b]) => a - b)
    .map(([fold, held]) => {
      const threshold = bestThreshold(setOf(comparisons.filter((comparison) => comparison.fold !== fold)));
      return { fold, threshold, accuracy: accuracyAt(setOf(held), threshold) };
    });
  const mean = folds.reduce((sum, { accuracy }) => sum + accuracy, 0) / folds.length;
  const squares = folds.reduce((sum, { accuracy }) => sum + (accuracy - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (folds.length - 1) / folds.length), folds };
}

/** The share of comparisons that a threshold decides rightly. */
export function accuracyAt(scores: ScoreSet, threshold: number): number {
  const { falseMatches, falseNonMatches } = errorCountsAt(scores, threshold);
  return 1 - (falseMatches + falseNonMatches) / (scores.genuine.length + scores.impostor.length);
}

/** The threshold of fewest errors; of equals, the middle of the widest gap. */
export function bestThreshold(scores: ScoreSet): number {
  let best = { errors: Infinity, gap: -1, threshold: Infinity };
  let previous: number | undefined;
  walkThresholds(scores, (threshold, { falseMatches, falseNonMatches }) => {
    const errors = falseMatches + falseNonMatches;
    const finite = previous !== undefined && Number.isFinite(threshold);
    const gap = finite ? threshold - (previous as number) : 0;
    if (errors < best.errors || (errors === best.errors && gap > best.gap)) {
      best = { errors, gap, threshold: finite ? (threshold + (previous as number)) / 2 : threshold };
    }
    previous = threshold;
  });
  return best.threshold;
}

function setOf(comparisons: readonly FoldedScore[]): ScoreSet {
  const of = (same: boolean) => comparisons.filter((one) => one.same === same).map(({ score }) => score);
  return scoreSet(of(true), of(false));
}
