import type { ByGroup, GroupGap } from '../protocols/largest-gap';
import { gapText } from './gap-text';
import type { TextTable } from './table';

/** Figures by group as a result has them; nothing where the input has no groups. */
export interface GroupedFigures<Figures> {
  readonly groups?: ByGroup<Figures> | undefined;
  readonly largestGap?: GroupGap | undefined;
}

/** A table of figures by group with the largest gap in its title; none where there are no groups. */
export function groupTables<Figures>(
  title: string,
  { groups, largestGap }: GroupedFigures<Figures>,
  columns: { readonly head: readonly string[]; readonly cells: (figures: Figures) => readonly string[] },
): TextTable[] {
  if (!groups) return [];
  const rows = Object.entries(groups).flatMap(([column, values]) =>
    Object.entries(values).map(
      ([value, figures]) => [`${column} ${value}`, ...columns.cells(figures)] as const,
    ),
  );
  return [{ title: `By group, ${title}${gapText(largestGap)}`, head: columns.head, rows }];
}
