import { cosineSimilarity } from '../../embed/embedding';
import { embeddingOf, failuresIn, type FaceOutcome } from '../runner/face-outcome';
import type { ModelIdentity } from '../runner/model-identity';
import type { ImagePair, PairSet } from '../readers/pair-set';
import { equalErrorRate } from '../statistics/equal-error-rate';
import { kFoldAccuracy, type FoldedScore, type KFoldAccuracy } from '../statistics/k-fold-accuracy';
import { scoreSet, type ScoreSet } from '../statistics/score-set';
import { WorstMistakes, type Mistake } from './mistakes';
import { subgroups, type Subgroups } from './subgroups';
import { verificationFigures, type VerificationFigures } from './verification';

/** How many comparisons were made, and how many could not be. */
export interface PairCounts {
  readonly images: number;
  /** Comparisons made of one person with themselves. */
  readonly genuine: number;
  /** Comparisons made of two people. */
  readonly impostor: number;
  /** Pictures without an embedding. */
  readonly failedToAcquire: number;
  readonly noFace: number;
  readonly unreadable: number;
  /** Comparisons that a failed picture made impossible. */
  readonly genuineNotMade: number;
  readonly impostorNotMade: number;
}

/** Accuracy as the field reports it. */
export interface PairAccuracy extends KFoldAccuracy {
  /** `made`: the data had one fold, which was cut into ten, each a run of genuine and a run of impostor pairs. */
  readonly foldsFrom: 'data' | 'made';
}

/** What `pairs` finds for one model. */
export interface PairsResult extends VerificationFigures, Partial<Subgroups> {
  readonly protocol: 'pairs';
  readonly data: string;
  readonly model: string;
  readonly counts: PairCounts;
  /** Of the comparisons that were made. */
  readonly accuracy: PairAccuracy | undefined;
  /** Of all: those that could not be made count as rejections. */
  readonly accuracyWithFailures: PairAccuracy | undefined;
  readonly eerWithFailures: number | undefined;
}

/** A result with what its report shows. */
export interface VerificationRun<Result> {
  readonly result: Result;
  /** Of the comparisons made. */
  readonly scores: ScoreSet;
  readonly mistakes: readonly Mistake[];
}

const FOLDS_MADE = 10;

/** Compares the pairs of a protocol under one model. */
export function evaluatePairs(
  data: string,
  set: PairSet,
  model: ModelIdentity,
  outcomes: readonly FaceOutcome[],
): VerificationRun<PairsResult> {
  const { pairs, foldsFrom } = foldedPairs(set.pairs);
  const mistakes = new WorstMistakes();
  const compared = pairs.map((pair) => {
    const [a, b] = [embeddingOf(outcomes[pair.a]), embeddingOf(outcomes[pair.b])];
    const score = a && b ? cosineSimilarity(a, b) : -Infinity;
    if (a && b) mistakes.offer(pair.same, score, pair.a, pair.b);
    return { ...pair, score };
  });
  const made = compared.filter(({ score }) => score !== -Infinity);
  const scores = setOf(made);
  const accuracyOf = (comparisons: readonly FoldedScore[]): PairAccuracy | undefined => {
    const accuracy = kFoldAccuracy(comparisons);
    return accuracy && { ...accuracy, foldsFrom };
  };
  const result: PairsResult = {
    protocol: 'pairs',
    data,
    model: model.id,
    counts: countsOf(set, outcomes, scores),
    accuracy: accuracyOf(made),
    accuracyWithFailures: accuracyOf(compared),
    ...verificationFigures(scores, model.similarityMin),
    eerWithFailures: equalErrorRate(setOf(compared))?.rate,
    ...subgroups(compared, model.similarityMin),
  };
  return { result, scores, mistakes: mistakes.list() };
}

/** The pairs with folds to choose thresholds on. */
function foldedPairs(pairs: readonly ImagePair[]): {
  pairs: readonly ImagePair[];
  foldsFrom: PairAccuracy['foldsFrom'];
} {
  if (new Set(pairs.map(({ fold }) => fold)).size > 1) return { pairs, foldsFrom: 'data' };
  const total = (same: boolean) => pairs.filter((pair) => pair.same === same).length;
  const seen = { genuine: 0, impostor: 0 };
  const totals = { genuine: total(true), impostor: total(false) };
  // Runs, not every tenth: lists are sorted by person, and a person should be in one fold.
  const folded = pairs.map((pair) => {
    const kind = pair.same ? 'genuine' : 'impostor';
    const fold = Math.floor((seen[kind] * FOLDS_MADE) / totals[kind]);
    seen[kind] += 1;
    return { ...pair, fold };
  });
  return { pairs: folded, foldsFrom: 'made' };
}

function countsOf(set: PairSet, outcomes: readonly FaceOutcome[], scores: ScoreSet): PairCounts {
  const { total, noFace, unreadable } = failuresIn(outcomes);
  const genuine = set.pairs.filter(({ same }) => same).length;
  return {
    images: set.images.length,
    genuine: scores.genuine.length,
    impostor: scores.impostor.length,
    failedToAcquire: total,
    noFace,
    unreadable,
    genuineNotMade: genuine - scores.genuine.length,
    impostorNotMade: set.pairs.length - genuine - scores.impostor.length,
  };
}

function setOf(comparisons: readonly { readonly score: number; readonly same: boolean }[]): ScoreSet {
  const of = (same: boolean) => comparisons.filter((one) => one.same === same).map(({ score }) => score);
  return scoreSet(of(true), of(false));
}
