/** Shapes that similarities can have: from a short tail with an end to one that halves the decades. */
const SHAPE_MAX = 0.5;
const GRID = 31;
/** Half the grid's width, in standard errors of a shape or a mean: all of the likelihood that counts. */
const REACH = 7;
/** What is less likely than that, beside the likeliest, is left out. */
const WEIGHT_MIN = 1e-7;

/** One generalised Pareto distribution with how likely it is, given the data; weights add up to 1. */
export interface WeightedPareto {
  /** Above 0 the tail is heavier than exponential, below it ends at `-scale / shape`. */
  readonly shape: number;
  /** More than 0. */
  readonly scale: number;
  readonly weight: number;
}

/** Chance that a generalised Pareto variable is at least `excess` (0 or more). */
export function paretoSurvival({ shape, scale }: Omit<WeightedPareto, 'weight'>, excess: number): number {
  const base = 1 + (shape * excess) / scale;
  return base <= 0 ? 0 : base ** (-1 / shape);
}

/**
 * Says which generalised Pareto distributions explain excesses over a threshold, and how likely each is.
 *
 * The posterior on a grid of shape (flat from -0.5 to 0.5) and mean (flat in its logarithm), placed around the
 * estimates of probability-weighted moments. A single best fit would not do: far out, it is the uncertainty of the shape
 * that decides.
 *
 * @param excesses ascending, more than 0, at least 2
 * @see Pickands, Statistical inference using extreme order statistics, 1975, for why tails are of this form; Hosking and
 *   Wallis, Parameter and quantile estimation for the generalized Pareto distribution, 1987, for the moments
 */
export function paretoPosterior(excesses: Float64Array): WeightedPareto[] {
  const { mean, shape } = weightedMoments(excesses);
  const reach = REACH / Math.sqrt(excesses.length);
  const centre = Math.max(-SHAPE_MAX, Math.min(SHAPE_MAX, shape));
  const shapes = spread(Math.max(-SHAPE_MAX, centre - reach), Math.min(SHAPE_MAX, centre + reach));
  const means = spread(-reach, reach).map((log) => mean * Math.exp(log));
  const candidates = shapes.flatMap((one) =>
    means.map((other) => {
      const scale = other * (1 - one);
      return { shape: one, scale, logLikelihood: logLikelihood(excesses, one, scale) };
    }),
  );
  const most = candidates.reduce((best, { logLikelihood: at }) => Math.max(best, at), -Infinity);
  const weighted = candidates
    .map(({ logLikelihood: at, ...pareto }) => ({ ...pareto, weight: Math.exp(at - most) }))
    .filter(({ weight }) => weight > WEIGHT_MIN);
  const sum = weighted.reduce((total, { weight }) => total + weight, 0);
  return weighted.map((pareto) => ({ ...pareto, weight: pareto.weight / sum }));
}

function weightedMoments(ascending: Float64Array): { mean: number; shape: number } {
  const count = ascending.length;
  let [mean, weighted] = [0, 0];
  for (const [rank, excess] of ascending.entries()) {
    mean += excess / count;
    weighted += (excess * (1 - (rank + 0.65) / count)) / count;
  }
  return { mean, shape: 2 - mean / (mean - 2 * weighted) };
}

function spread(from: number, to: number): number[] {
  // A shape of exactly 0, the exponential, would need formulas of its own.
  return Array.from({ length: GRID }, (_, step) => from + ((to - from) * step) / (GRID - 1) || 1e-9);
}

function logLikelihood(excesses: Float64Array, shape: number, scale: number): number {
  const last = excesses[excesses.length - 1] as number;
  if (1 + (shape * last) / scale <= 0) return -Infinity;
  let [sum, product] = [0, 1];
  for (const excess of excesses) {
    product *= 1 + (shape * excess) / scale;
    // One logarithm for many factors: it is most of the work.
    if (product > 1e100 || product < 1e-100) {
      sum += Math.log(product);
      product = 1;
    }
  }
  sum += Math.log(product);
  return -excesses.length * Math.log(scale) - (1 + 1 / shape) * sum;
}
