import type { ScoreSet } from './score-set';
import { walkThresholds } from './walk-thresholds';

/** Where a system errs as often in one way as in the other. */
export interface EqualErrorRate {
  /** 0 to 1. */
  readonly rate: number;
  /** The score, among those seen, at which FMR and FNMR lie nearest; +Infinity when only rejecting all does. */
  readonly threshold: number;
}

/**
 * Equal error rate: FMR = FNMR, interpolated linearly between the two operating points around it.
 *
 * Depends on the order of the scores alone: the same for every strictly increasing map of them.
 *
 * @returns undefined when a class is empty
 */
export function equalErrorRate(scores: ScoreSet): EqualErrorRate | undefined {
  const { genuine, impostor } = scores;
  if (genuine.length === 0 || impostor.length === 0) return undefined;
  let before = { threshold: -Infinity, fmr: 1, fnmr: 0 };
  let found: EqualErrorRate | undefined;
  walkThresholds(scores, (threshold, { falseMatches, falseNonMatches }) => {
    if (found) return;
    const here = {
      threshold,
      fmr: falseMatches / impostor.length,
      fnmr: falseNonMatches / genuine.length,
    };
    if (here.fnmr >= here.fmr) found = crossing(before, here);
    before = here;
  });
  return found;
}

interface OperatingPoint {
  readonly threshold: number;
  readonly fmr: number;
  readonly fnmr: number;
}

function crossing(before: OperatingPoint, after: OperatingPoint): EqualErrorRate {
  const short = before.fmr - before.fnmr;
  const past = after.fnmr - after.fmr;
  const nearer = short < past && Number.isFinite(before.threshold) ? before : after;
  const rate = before.fmr + (short / (short + past)) * (after.fmr - before.fmr);
  return { rate, threshold: nearer.threshold };
}
