import type { Interval } from '../evaluate/statistics/interval';
import { countBelow, type Scores } from '../evaluate/statistics/score-set';
import { paretoPosterior, paretoSurvival, type WeightedPareto } from './pareto-posterior';

/** The upper end of a distribution of scores, as a smooth curve that goes on past the data. */
export interface ImpostorTail {
  /** It holds from this score upwards. */
  readonly from: number;
  /** How many scores it was fitted to. */
  readonly scores: number;
  /** Share of all scores that are at least this high. @param score `from` or more */
  rateAt(score: number): number;
  /** Of that share, 95 %. */
  intervalAt(score: number): Interval;
}

const SIZES = [500, 250, 125];
const SCORES_MIN = 50;
/** A tail is the upper tenth at most. */
const SHARE_MAX = 0.1;
/** The 90 % point of the Cramér-von Mises statistic of fitted Pareto tails, 0.12 to 0.14 in simulation. */
const MISFIT_MAX = 0.13;
const OUTSIDE = 0.025;

/**
 * Fits a generalised Pareto tail to the highest scores: the 500, 250 or 125 highest, the most of them that the
 * distribution describes (Cramér-von Mises), else the fewest.
 *
 * The rate is the posterior's mean, so that what the shape might be counts for more than what it most likely is: it
 * errs towards more false matches.
 *
 * @param ascending sorted scores
 * @returns undefined where there are too few different ones
 * @see Coles, An Introduction to Statistical Modeling of Extreme Values, 2001, chapter 4; Choulakian and Stephens,
 *   Goodness-of-fit tests for the generalized Pareto distribution, 2001
 */
export function impostorTail(ascending: Scores): ImpostorTail | undefined {
  let fewest: ImpostorTail | undefined;
  for (const size of [...SIZES, SCORES_MIN].filter((one) => one <= ascending.length * SHARE_MAX)) {
    const from = ascending[ascending.length - 1 - size] as number;
    const excesses = excessesOver(ascending, from);
    // Tied scores leave fewer than were asked for.
    if (excesses.length < SCORES_MIN) continue;
    const posterior = paretoPosterior(excesses);
    fewest = tailOf(from, excesses.length / ascending.length, { posterior, scores: excesses.length });
    if (misfit(excesses, posterior) <= MISFIT_MAX) return fewest;
  }
  return fewest;
}

function excessesOver(ascending: Scores, from: number): Float64Array {
  const above = ascending.subarray(firstAbove(ascending, from));
  return Float64Array.from(above, (score) => score - from);
}

function firstAbove(ascending: Scores, value: number): number {
  let at = countBelow(ascending, value);
  while (at < ascending.length && ascending[at] === value) at += 1;
  return at;
}

function tailOf(
  from: number,
  share: number,
  { posterior, scores }: { posterior: readonly WeightedPareto[]; scores: number },
): ImpostorTail {
  // How many scores pass `from` is chance too: Poisson, nearly normal at 50 and more.
  const spread = 1.96 / Math.sqrt(scores);
  const survivalsAt = (score: number) => posterior.map((pareto) => ({ value: paretoSurvival(pareto, score - from), weight: pareto.weight })); // prettier-ignore
  return {
    from,
    scores,
    rateAt: (score) => share * survivalsAt(score).reduce((sum, { value, weight }) => sum + value * weight, 0),
    intervalAt(score) {
      const survivals = survivalsAt(score).sort((a, b) => a.value - b.value);
      const low = share * (1 - spread) * quantileOf(survivals, OUTSIDE);
      return [low, Math.min(1, share * (1 + spread) * quantileOf(survivals, 1 - OUTSIDE))];
    },
  };
}

function quantileOf(ascending: readonly { value: number; weight: number }[], part: number): number {
  let sum = 0;
  for (const { value, weight } of ascending) {
    sum += weight;
    if (sum >= part) return value;
  }
  return ascending.at(-1)?.value ?? 0;
}

function misfit(excesses: Float64Array, posterior: readonly WeightedPareto[]): number {
  const best = posterior.reduce((one, other) => (other.weight > one.weight ? other : one));
  const count = excesses.length;
  let statistic = 1 / (12 * count);
  for (const [rank, excess] of excesses.entries()) {
    statistic += (1 - paretoSurvival(best, excess) - (2 * rank + 1) / (2 * count)) ** 2;
  }
  return statistic;
}
