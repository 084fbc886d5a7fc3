import { fitCalibration } from '../fit-calibration';

/** A seeded source of numbers from 0 (in) to 1 (out), mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A distribution of which the tail is known. */
export interface KnownDistribution {
  draw(random: () => number): number;
  /** Chance of at least this value. */
  survival(value: number): number;
}

/** Normal. */
export function normalScores(mean: number, deviation: number): KnownDistribution {
  return {
    draw: (random) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    survival: (value) => complementaryError((value - mean) / deviation / Math.SQRT2) / 2,
  };
}

/** Beta(1, b) on 0 to 1: a tail that ends. */
export function betaScores(b: number): KnownDistribution {
  return {
    draw: (random) => 1 - (1 - random()) ** (1 / b),
    survival: (value) => (1 - Math.max(0, value)) ** b,
  };
}

/** Generalised Pareto from 0 on: a tail heavier than exponential. */
export function heavyScores(shape: number, scale: number): KnownDistribution {
  return {
    draw: (random) => (((1 - random()) ** -shape - 1) * scale) / shape,
    survival: (value) => (value < 0 ? 1 : (1 + (shape * value) / scale) ** (-1 / shape)),
  };
}

/** The value that a share of draws reaches. */
export function valueAt({ survival }: KnownDistribution, share: number): number {
  let [low, high] = [-1, 1];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (survival(middle) > share) low = middle;
    else high = middle;
  }
  return low;
}

/** So many draws. */
export function drawn({ draw }: KnownDistribution, count: number, random: () => number): Float64Array {
  return Float64Array.from({ length: count }, () => draw(random));
}

/** A calibration of scores that a test made. */
export function calibrationOf(genuine: Float64Array, impostor: Float64Array, comparisonsPerScore = 1) {
  return fitCalibration({
    genuine,
    impostor,
    comparisonsPerScore,
    modelId: 'made',
    modelSha256: 'a'.repeat(64),
    source: { kind: 'pairs', name: 'made scores', when: '2026-01-01T00:00:00.000Z' },
  });
}

/** Relative error below 1.2e-7 everywhere. @see Press et al., Numerical Recipes, erfcc */
function complementaryError(x: number): number {
  const t = 1 / (1 + Math.abs(x) / 2);
  const terms = [1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277]; // prettier-ignore
  const series = terms.reduceRight((sum, term) => t * (term + sum), 0);
  const tail = t * Math.exp(-x * x - 1.26551223 + series);
  return x >= 0 ? tail : 2 - tail;
}
