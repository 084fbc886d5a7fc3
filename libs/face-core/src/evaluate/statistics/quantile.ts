/**
 * The value below which a part of the values lies, interpolated linearly between neighbours.
 *
 * @param part 0 to 1; 0.5 is the median
 * @returns undefined for no values
 */
export function quantile(values: readonly number[], part: number): number | undefined {
  const ascending = [...values].sort((a, b) => a - b);
  const position = (ascending.length - 1) * part;
  const low = ascending[Math.floor(position)];
  const high = ascending[Math.ceil(position)];
  if (low === undefined || high === undefined) return undefined;
  return low + (high - low) * (position - Math.floor(position));
}
