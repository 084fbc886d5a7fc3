import { FaceCoreError } from '../../errors';

/** Comparison scores in typed memory; higher is more alike. */
export type Scores = Float32Array | Float64Array;

/**
 * The scores of an experiment, each class sorted ascending.
 *
 * A comparison is accepted when its score is at least the threshold. A score of -Infinity is accepted at no threshold:
 * a comparison that could not be made and counts as a rejection.
 */
export interface ScoreSet {
  /** Comparisons of one person with themselves. */
  readonly genuine: Scores;
  /** Comparisons of two people. */
  readonly impostor: Scores;
}

/**
 * Sorts scores into a set. Typed arrays are taken over and sorted in place, so that tens of millions need no copy.
 *
 * @throws {FaceCoreError} `evaluate/invalid-score` when a score is NaN or +Infinity
 */
export function scoreSet(
  genuine: Scores | readonly number[],
  impostor: Scores | readonly number[],
): ScoreSet {
  return { genuine: sorted(genuine), impostor: sorted(impostor) };
}

/** How many of the ascending scores lie below a value. */
export function countBelow(ascending: Scores, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a threshold does to a score set, in comparisons. */
export interface ErrorCounts {
  /** Impostor comparisons accepted. */
  readonly falseMatches: number;
  /** Genuine comparisons rejected. */
  readonly falseNonMatches: number;
}

/** Counts the errors of one threshold. */
export function errorCountsAt({ genuine, impostor }: ScoreSet, threshold: number): ErrorCounts {
  return {
    falseMatches: impostor.length - countBelow(impostor, threshold),
    falseNonMatches: countBelow(genuine, threshold),
  };
}

/** FMR and FNMR of a threshold, 0 to 1 each; undefined where its class is empty. */
export interface ErrorRates {
  readonly fmr: number | undefined;
  readonly fnmr: number | undefined;
}

/** False match rate and false non-match rate at a threshold (ISO/IEC 19795-1). */
export function errorRatesAt(scores: ScoreSet, threshold: number): ErrorRates {
  const { falseMatches, falseNonMatches } = errorCountsAt(scores, threshold);
  return {
    fmr: rateOf(falseMatches, scores.impostor.length),
    fnmr: rateOf(falseNonMatches, scores.genuine.length),
  };
}

/** A part of a whole, 0 to 1; undefined when the whole is nothing. */
export function rateOf(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

function sorted(scores: Scores | readonly number[]): Scores {
  const ascending = Array.isArray(scores) ? Float64Array.from(scores) : (scores as Scores);
  ascending.sort();
  // NaN sorts last.
  const last = ascending.at(-1);
  if (last !== undefined && !(last < Infinity)) {
    throw new FaceCoreError('evaluate/invalid-score', 'A comparison score is NaN or infinite.');
  }
  return ascending;
}
