import { equalErrorRate, type EqualErrorRate } from './equal-error-rate';
import { rateOf, scoreSet, type ScoreSet } from './score-set';

/** What searching a gallery for one probe gave. */
export interface SearchOutcome {
  /** True when the probe's person is in the gallery. */
  readonly mated: boolean;
  /** True when the best candidate is the probe's person. Always false for a probe without a mate. */
  readonly rankOne: boolean;
  /** Similarity of the best candidate; -Infinity when the probe gave no embedding. */
  readonly bestScore: number;
}

/** Open-set identification, before a threshold is chosen. */
export interface Identification {
  /**
   * As a score set: a mated probe is genuine, with its score where it came first and -Infinity where it did not; a
   * probe without a mate is impostor, with its best score. FNMR of this set is FNIR, FMR is FPIR (ISO/IEC 19795-1, at
   * rank 1).
   */
  readonly scores: ScoreSet;
  /** Share of mated probes whose person came first, 0 to 1; undefined without mated probes. */
  readonly rankOne: number | undefined;
  /** Where FPIR = FNIR. */
  readonly eer: EqualErrorRate | undefined;
}

/** Summarises searches of one gallery. */
export function identification(outcomes: readonly SearchOutcome[]): Identification {
  const mated = outcomes.filter((outcome) => outcome.mated);
  const strangers = outcomes.filter((outcome) => !outcome.mated);
  const scores = scoreSet(
    mated.map(({ rankOne, bestScore }) => (rankOne ? bestScore : -Infinity)),
    strangers.map(({ bestScore }) => bestScore),
  );
  const first = mated.filter(({ rankOne }) => rankOne).length;
  return { scores, rankOne: rateOf(first, mated.length), eer: equalErrorRate(scores) };
}
