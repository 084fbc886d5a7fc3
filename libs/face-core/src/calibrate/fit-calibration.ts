import { FaceCoreError } from '../errors';
import { wilsonInterval, type Interval } from '../evaluate/statistics/interval';
import { countBelow, scoreSet, type Scores, type ScoreSet } from '../evaluate/statistics/score-set';
import type { Calibration, CalibrationPoint, CalibrationSource } from './calibration';
import { EXTRAPOLATED_TIMES, falseMatchRates, SUPPORT_MIN, type FalseMatchRates } from './false-match-rates';

/** What a calibration is fitted to. */
export interface CalibrationInput {
  /** Cosines of comparisons of one person, -1 to 1, in any order. Taken over and sorted in place. */
  readonly genuine: Scores;
  /** Cosines of comparisons of two people, or the highest of several such comparisons. Taken over, sorted in place. */
  readonly impostor: Scores;
  /** How many comparisons each impostor score is the highest of, on average. Default 1. */
  readonly comparisonsPerScore?: number | undefined;
  readonly modelId: string;
  /** As `calibratedModel` says it. */
  readonly modelSha256: string;
  readonly source: Pick<CalibrationSource, 'kind' | 'name' | 'when'>;
}

const IMPOSTOR_MIN = 1_000;
const GENUINE_MIN = 30;
const COUNTED_POINTS = 48;
const GENUINE_POINTS = 20;
const TAIL_POINTS = 20;
/** Similarities are rounded to five digits before anything is counted at them. */
const SIMILARITY_STEPS = 1e5;
/** What float32 makes of 0.3 is 0.30000001: no reason to go up a step. */
const FLOAT32_SLACK = 1e-2;
const RATE_DIGITS = 4;

/**
 * Fits the map from similarity to FMR and FNMR.
 *
 * Within the data the rates are counted, with Wilson's 95 % intervals. Past the third highest impostor score a
 * generalised Pareto tail goes on for two decades of FMR, no lower than 3 / N where the counting ends and no lower than
 * what was seen after it; past that the FMR stays where it is. Comparisons count as independent: those that share people
 * are not quite, so the intervals are a little narrow.
 *
 * @throws {FaceCoreError} `calibration/too-few-scores` (says how many are needed), `calibration/bad-score`
 */
export function fitCalibration(input: CalibrationInput): Calibration {
  const { modelId, modelSha256, source, comparisonsPerScore = 1 } = input;
  assertEnough(input);
  const scores = scoreSet(input.genuine, input.impostor);
  assertCosines(scores);
  const rates = falseMatchRates(scores.impostor, comparisonsPerScore);
  return {
    version: 1,
    modelId,
    modelSha256,
    source: {
      ...source,
      impostor: Math.round(scores.impostor.length * comparisonsPerScore),
      genuine: scores.genuine.length,
    },
    points: monotone(thresholdsOf(scores, rates).map((at) => pointAt(at, scores, rates))),
  };
}

function assertEnough({ genuine, impostor }: CalibrationInput): void {
  if (impostor.length >= IMPOSTOR_MIN && genuine.length >= GENUINE_MIN) return;
  throw new FaceCoreError(
    'calibration/too-few-scores',
    `There are ${impostor.length} scores of two people and ${genuine.length} of one; ` +
      `at least ${IMPOSTOR_MIN} and ${GENUINE_MIN} are needed. For an FMR of F, 3 / F comparisons of two people.`,
  );
}

function assertCosines({ genuine, impostor }: ScoreSet): void {
  for (const ascending of [genuine, impostor]) {
    const [lowest, highest] = [ascending[0] as number, ascending[ascending.length - 1] as number];
    // Rounding may take a cosine a hair past 1.
    if (lowest >= -1 - 1e-6 && highest <= 1 + 1e-6) continue;
    throw new FaceCoreError(
      'calibration/bad-score',
      `Similarities are cosines, -1 to 1; there is ${lowest < -1 ? lowest : highest}. Are these distances?`,
    );
  }
}

/** Where the curve gets its points: even in the logarithm of either rate. */
function thresholdsOf({ genuine, impostor }: ScoreSet, rates: FalseMatchRates): number[] {
  const counted = logSpread(impostor.length / SUPPORT_MIN, COUNTED_POINTS).map(
    (times) => impostor[impostor.length - Math.round(impostor.length / times)] as number,
  );
  const missed = logSpread(genuine.length, GENUINE_POINTS).map(
    (times) => genuine[Math.round(genuine.length / times) - 1] as number,
  );
  const tail = logSpread(EXTRAPOLATED_TIMES, TAIL_POINTS)
    .map((times) => rates.scoreAt((rates.floor * EXTRAPOLATED_TIMES) / times))
    .filter((score) => score !== undefined);
  const lowest = Math.min(genuine[0] as number, impostor[0] as number);
  const highest = genuine[genuine.length - 1] as number;
  // The last steps down are high: a point before and one after each.
  const steps = [...impostor.slice(-SUPPORT_MIN)];
  const after = [lowest, ...counted, ...missed, ...tail, ...steps, highest + 1 / SIMILARITY_STEPS];
  const similarities = [...after.map(roundedUp), ...steps.map(roundedDown)];
  return [...new Set(similarities)].filter((one) => one >= -1 && one <= 1).sort((a, b) => a - b);
}

/** `count` numbers from 1 to `to`, each the same multiple of the last. */
function logSpread(to: number, count: number): number[] {
  return Array.from({ length: count }, (_, step) => to ** (step / (count - 1)));
}

function roundedUp(similarity: number): number {
  return Math.ceil(similarity * SIMILARITY_STEPS - FLOAT32_SLACK) / SIMILARITY_STEPS;
}

function roundedDown(similarity: number): number {
  return Math.floor(similarity * SIMILARITY_STEPS) / SIMILARITY_STEPS;
}

function pointAt(similarity: number, { genuine }: ScoreSet, rates: FalseMatchRates): CalibrationPoint {
  const missed = countBelow(genuine, similarity);
  const [fnmrLow, fnmrHigh] = wilsonInterval(missed, genuine.length) as Interval;
  const { rate, low, high, extrapolated } = rates.at(similarity);
  return { similarity, fmr: rate, fmrLow: low, fmrHigh: high, fnmr: missed / genuine.length, fnmrLow, fnmrHigh, extrapolated }; // prettier-ignore
}

/** Rounds the rates and takes out what steps up where counting gives way to the tail. */
function monotone(points: readonly CalibrationPoint[]): CalibrationPoint[] {
  let before = { fmr: 1, fmrLow: 1, fmrHigh: 1 };
  return points.map((point) => {
    const [fmr, fmrLow] = [Math.min(before.fmr, point.fmr), Math.min(before.fmrLow, point.fmrLow)];
    before = { fmr, fmrLow, fmrHigh: Math.max(fmr, Math.min(before.fmrHigh, point.fmrHigh)) };
    const rates = { ...point, ...before };
    for (const key of ['fmr', 'fmrLow', 'fmrHigh', 'fnmr', 'fnmrLow', 'fnmrHigh'] as const) {
      rates[key] = Number(rates[key].toPrecision(RATE_DIGITS));
    }
    return rates;
  });
}
