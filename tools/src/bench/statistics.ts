/**
 * The value below which a share of the sample lies, interpolated between neighbours.
 *
 * @param share 0 to 1
 * @throws {RangeError} for an empty sample or a share outside 0 to 1
 */
export function quantile(sample: readonly number[], share: number): number {
  if (sample.length === 0) throw new RangeError('An empty sample has no quantile.');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`A share lies from 0 to 1, not at ${share}.`);
  const sorted = [...sample].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] as number;
  const above = sorted[Math.ceil(position)] as number;
  return below + (above - below) * (position - Math.floor(position));
}

/** The middle of a sample. @throws {RangeError} for an empty sample */
export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** Least-squares slope of values taken at equal intervals, per interval; 0 for fewer than two. */
export function slope(values: readonly number[]): number {
  const meanX = (values.length - 1) / 2;
  const meanY = values.reduce((sum, value) => sum + value, 0) / values.length;
  let covariance = 0;
  let variance = 0;
  for (const [x, value] of values.entries()) {
    covariance += (x - meanX) * (value - meanY);
    variance += (x - meanX) ** 2;
  }
  return variance === 0 ? 0 : covariance / variance;
}
