import { equalErrorRate } from '../statistics/equal-error-rate';
import { wilsonInterval, type Interval } from '../statistics/interval';
import { areaUnderRoc, detCurve, type CurvePoint } from '../statistics/roc';
import { errorCountsAt, errorRatesAt, scoreSet, type Scores, type ScoreSet } from '../statistics/score-set';
import { tarAtFar, type NotEnoughPairs, type TarAtFar } from '../statistics/tar-at-far';

/** False accept rates that are reported, by the name they have in a report. */
export const FAR_TARGETS = { '1e-2': 1e-2, '1e-3': 1e-3, '1e-4': 1e-4, '1e-5': 1e-5, '1e-6': 1e-6 } as const;

const CURVE_POINTS = 200;

/** What a threshold does. Rates are undefined where there is nothing to compare. */
export interface RatesAtThreshold {
  readonly threshold: number;
  readonly fmr: number | undefined;
  readonly fmrInterval: Interval | undefined;
  readonly fnmr: number | undefined;
  readonly fnmrInterval: Interval | undefined;
}

/** FMR and FNMR at a threshold, with 95 % intervals. */
export function ratesAt(scores: ScoreSet, threshold: number): RatesAtThreshold {
  const { falseMatches, falseNonMatches } = errorCountsAt(scores, threshold);
  return {
    threshold,
    ...errorRatesAt(scores, threshold),
    fmrInterval: wilsonInterval(falseMatches, scores.impostor.length),
    fnmrInterval: wilsonInterval(falseNonMatches, scores.genuine.length),
  };
}

/** The figures of a set of comparisons that need no threshold, and those at the product's own. */
export interface VerificationFigures {
  readonly auc: number | undefined;
  readonly eer: number | undefined;
  readonly eerThreshold: number | undefined;
  readonly tarAtFar: Readonly<Record<string, TarAtFar | NotEnoughPairs>>;
  /** The DET curve, thresholds ascending; the ROC curve is `1 - fnmr` over `fmr`. */
  readonly det: readonly CurvePoint[];
  /** At the model's own accept threshold. */
  readonly atModelThreshold: RatesAtThreshold;
}

/** Computes all figures of a set of comparisons. */
export function verificationFigures(scores: ScoreSet, modelThreshold: number): VerificationFigures {
  const eer = equalErrorRate(scores);
  return {
    auc: areaUnderRoc(scores),
    eer: eer?.rate,
    eerThreshold: eer?.threshold,
    tarAtFar: Object.fromEntries(
      Object.entries(FAR_TARGETS).map(([name, far]) => [name, tarAtFar(scores, far)]),
    ),
    det: detCurve(scores, CURVE_POINTS),
    atModelThreshold: ratesAt(scores, modelThreshold),
  };
}

/**
 * The same comparisons with those that could not be made added as rejections.
 *
 * @param failed how many of either kind could not be made
 */
export function withFailures(
  scores: ScoreSet,
  failed: { readonly genuine: number; readonly impostor: number },
): ScoreSet {
  return scoreSet(padded(scores.genuine, failed.genuine), padded(scores.impostor, failed.impostor));
}

function padded(scores: Scores, count: number): Scores {
  const whole = new Float64Array(scores.length + count).fill(-Infinity);
  whole.set(scores, count);
  return whole;
}
