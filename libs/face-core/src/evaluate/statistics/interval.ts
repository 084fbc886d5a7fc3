/** A confidence interval of a rate, both ends 0 to 1. */
export type Interval = readonly [low: number, high: number];

/** The 97.5 % point of the normal distribution: two-sided 95 %. */
const Z_95 = 1.959963984540054;

/**
 * Wilson's 95 % score interval for a rate seen as `hits` of `trials`.
 *
 * It takes the trials for independent; comparisons that share people or images are not quite, so the true interval is
 * somewhat wider. It never leaves 0 to 1 and is sensible at 0 hits.
 *
 * @returns undefined for no trials
 * @see Wilson, Probable inference, the law of succession, and statistical inference, JASA 1927
 */
export function wilsonInterval(hits: number, trials: number): Interval | undefined {
  if (trials <= 0) return undefined;
  const rate = hits / trials;
  const square = Z_95 ** 2;
  const centre = (rate + square / (2 * trials)) / (1 + square / trials);
  const half =
    (Z_95 / (1 + square / trials)) * Math.sqrt((rate * (1 - rate)) / trials + square / (4 * trials ** 2));
  // At the ends rounding would leave a hair's breadth of the impossible.
  return [hits === 0 ? 0 : Math.max(0, centre - half), hits === trials ? 1 : Math.min(1, centre + half)];
}

/**
 * What a number of trials can say of a small rate: `not-enough` even without an error cannot bound it (rule of 3: 0 of
 * N bounds a rate by 3/N at 95 %); `few` bounds it but leaves it uncertain; from `enough` on, 30 errors are expected
 * and the rate is true within 30 % at 90 % confidence (rule of 30).
 *
 * @see ISO/IEC 19795-1, annex B; Doddington et al., The NIST speaker recognition evaluation, 2000
 */
export type Evidence = 'not-enough' | 'few' | 'enough';

/** Judges how well `trials` independent trials measure a rate. */
export function evidenceFor(rate: number, trials: number): Evidence {
  const expected = rate * trials;
  // A product such as 1e-6 x 3,000,000 may fall a rounding error short.
  const slack = 1 - 1e-9;
  if (expected < 3 * slack) return 'not-enough';
  return expected < 30 * slack ? 'few' : 'enough';
}
