/** Two groups between which a figure differs. */
export interface GroupGap {
  readonly column: string;
  readonly figure: string;
  readonly highest: { readonly group: string; readonly value: number };
  readonly lowest: { readonly group: string; readonly value: number };
  readonly difference: number;
}

/** Figures by column, then by value. */
export type ByGroup<Figures> = Readonly<Record<string, Readonly<Record<string, Figures>>>>;

/**
 * The largest difference of any rate between two groups of a column; undefined for single groups.
 *
 * @param rates the rates that are compared, by name
 */
export function largestGap<Figures>(
  groups: ByGroup<Figures>,
  rates: Readonly<Record<string, (figures: Figures) => number | undefined>>,
): GroupGap | undefined {
  const gaps = Object.entries(groups).flatMap(([column, figures]) =>
    Object.entries(rates).flatMap(([figure, rate]) => gapOf(figures, { column, figure, rate })),
  );
  return gaps.sort((a, b) => b.difference - a.difference)[0];
}

function gapOf<Figures>(
  figures: Readonly<Record<string, Figures>>,
  of: {
    readonly column: string;
    readonly figure: string;
    readonly rate: (figures: Figures) => number | undefined;
  },
): GroupGap[] {
  const { column, figure, rate } = of;
  const values = Object.entries(figures)
    .flatMap(([group, one]) => {
      const value = rate(one);
      return value === undefined ? [] : [{ group, value }];
    })
    .sort((a, b) => a.value - b.value);
  const [lowest, highest] = [values[0], values.at(-1)];
  if (!lowest || !highest || lowest === highest) return [];
  return [{ column, figure, highest, lowest, difference: highest.value - lowest.value }];
}

/** Parts items by the groups they belong to. @returns undefined when they belong to none */
export function byGroup<Item extends { readonly groups: Readonly<Record<string, string>> }, Figures>(
  items: readonly Item[],
  figuresOf: (members: readonly Item[]) => Figures,
): ByGroup<Figures> | undefined {
  const columns = new Map<string, Map<string, Item[]>>();
  for (const item of items) {
    for (const [column, value] of Object.entries(item.groups)) {
      const values = columns.get(column) ?? new Map<string, Item[]>();
      columns.set(column, values);
      const members = values.get(value);
      if (members) members.push(item);
      else values.set(value, [item]);
    }
  }
  if (columns.size === 0) return undefined;
  const figures = (values: ReadonlyMap<string, Item[]>) =>
    Object.fromEntries([...values].map(([value, members]) => [value, figuresOf(members)]));
  return Object.fromEntries([...columns].map(([column, values]) => [column, figures(values)]));
}
