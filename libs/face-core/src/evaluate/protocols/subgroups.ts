import { equalErrorRate } from '../statistics/equal-error-rate';
import { scoreSet } from '../statistics/score-set';
import type { Groups } from '../readers/groups';
import { ratesAt, type RatesAtThreshold } from './verification';

/** One comparison with the groups it belongs to. */
export interface GroupedScore {
  /** -Infinity for a comparison that could not be made. */
  readonly score: number;
  readonly same: boolean;
  readonly groups: Groups;
}

/** The figures of one group. */
export interface GroupFigures extends RatesAtThreshold {
  readonly genuine: number;
  readonly impostor: number;
  readonly eer: number | undefined;
}

/** Two groups between which a figure differs. */
export interface GroupGap {
  readonly column: string;
  readonly figure: 'eer' | 'fmr' | 'fnmr';
  readonly highest: { readonly group: string; readonly value: number };
  readonly lowest: { readonly group: string; readonly value: number };
  readonly difference: number;
}

/** Every figure by group, and where it differs most. */
export interface Subgroups {
  /** By column, then by value. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, GroupFigures>>>>;
  /** The largest difference of any figure between two groups of a column; undefined for single groups. */
  readonly largestGap: GroupGap | undefined;
}

/** Breaks comparisons down by their groups at a threshold. @returns undefined when they have none */
export function subgroups(comparisons: readonly GroupedScore[], threshold: number): Subgroups | undefined {
  const columns = new Set(comparisons.flatMap(({ groups }) => Object.keys(groups)));
  if (columns.size === 0) return undefined;
  const groups = Object.fromEntries(
    [...columns].map((column) => [column, figuresBy(column, comparisons, threshold)]),
  );
  const gaps = Object.entries(groups).flatMap(([column, figures]) => gapsIn(column, figures));
  return { groups, largestGap: gaps.sort((a, b) => b.difference - a.difference)[0] };
}

function figuresBy(
  column: string,
  comparisons: readonly GroupedScore[],
  threshold: number,
): Record<string, GroupFigures> {
  const byValue = new Map<string, GroupedScore[]>();
  for (const comparison of comparisons) {
    const value = comparison.groups[column];
    if (value === undefined) continue;
    const members = byValue.get(value) ?? [];
    members.push(comparison);
    byValue.set(value, members);
  }
  return Object.fromEntries([...byValue].map(([value, members]) => [value, figuresOf(members, threshold)]));
}

function figuresOf(members: readonly GroupedScore[], threshold: number): GroupFigures {
  const of = (same: boolean) => members.filter((one) => one.same === same).map(({ score }) => score);
  const scores = scoreSet(of(true), of(false));
  return {
    genuine: scores.genuine.length,
    impostor: scores.impostor.length,
    eer: equalErrorRate(scores)?.rate,
    ...ratesAt(scores, threshold),
  };
}

function gapsIn(column: string, figures: Readonly<Record<string, GroupFigures>>): GroupGap[] {
  return (['eer', 'fmr', 'fnmr'] as const).flatMap((figure) => {
    const values = Object.entries(figures)
      .flatMap(([group, { [figure]: value }]) => (value === undefined ? [] : [{ group, value }]))
      .sort((a, b) => a.value - b.value);
    const [lowest, highest] = [values[0], values.at(-1)];
    if (!lowest || !highest || lowest === highest) return [];
    return [{ column, figure, highest, lowest, difference: highest.value - lowest.value }];
  });
}
