/** Columns by which every figure is broken down where an input has them. */
export const GROUP_COLUMNS = ['age', 'sex', 'ethnicity', 'glasses', 'camera'] as const;

/** The value of each group column that an input row fills. */
export type Groups = Readonly<Record<string, string>>;

/** The groups of one row. */
export function groupsOf(cells: Readonly<Record<string, string>>): Groups {
  return Object.fromEntries(
    GROUP_COLUMNS.flatMap((column) => (cells[column] ? [[column, cells[column]]] : [])),
  );
}

/**
 * The groups of a pair: a column for both (`sex`), or one for each side (`sex_a`, `sex_b`); sides that differ are
 * `mixed`.
 */
export function pairGroupsOf(cells: Readonly<Record<string, string>>): Groups {
  const sides = GROUP_COLUMNS.flatMap((column) => {
    const [a, b] = [cells[`${column}_a`], cells[`${column}_b`]];
    return a && b ? [[column, a === b ? a : 'mixed']] : [];
  });
  return { ...groupsOf(cells), ...(Object.fromEntries(sides) as Record<string, string>) };
}
