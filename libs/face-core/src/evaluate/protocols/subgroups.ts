import { equalErrorRate } from '../statistics/equal-error-rate';
import { scoreSet } from '../statistics/score-set';
import type { Groups } from '../readers/groups';
import { byGroup, largestGap, type ByGroup, type GroupGap } from './largest-gap';
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

/** Every figure by group, and where it differs most. */
export interface Subgroups {
  /** By column, then by value. */
  readonly groups: ByGroup<GroupFigures>;
  /** The largest difference of any figure between two groups of a column; undefined for single groups. */
  readonly largestGap: GroupGap | undefined;
}

/** Breaks comparisons down by their groups at a threshold. @returns undefined when they have none */
export function subgroups(comparisons: readonly GroupedScore[], threshold: number): Subgroups | undefined {
  const groups = byGroup(comparisons, (members) => figuresOf(members, threshold));
  if (!groups) return undefined;
  const gap = largestGap(groups, {
    eer: ({ eer }) => eer,
    fmr: ({ fmr }) => fmr,
    fnmr: ({ fnmr }) => fnmr,
  });
  return { groups, largestGap: gap };
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
