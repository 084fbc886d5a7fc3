import { countBelow, type Scores } from './score-set';

/** How scores are spread over bins of equal width. */
export interface Histogram {
  /** Lower end of each bin; the last bin includes its upper end. */
  readonly from: readonly number[];
  readonly width: number;
  /** Scores in each bin. -Infinity is in none. */
  readonly counts: readonly number[];
}

/** Counts ascending scores into `bins` bins between `low` and `high`; what lies outside is in no bin. */
export function histogram(ascending: Scores, low: number, high: number, bins: number): Histogram {
  const width = (high - low) / bins;
  const from = Array.from({ length: bins }, (_, bin) => low + bin * width);
  const edges = [...from.map((edge) => countBelow(ascending, edge)), countAtMost(ascending, high)];
  return { from, width, counts: from.map((_, bin) => (edges[bin + 1] as number) - (edges[bin] as number)) };
}

function countAtMost(ascending: Scores, value: number): number {
  let count = countBelow(ascending, value);
  while (count < ascending.length && ascending[count] === value) count += 1;
  return count;
}
