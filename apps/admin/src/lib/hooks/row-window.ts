/** The rows of a list that are drawn, and how much room the others take. */
export interface RowWindow {
  /** The first that is drawn. */
  readonly first: number;
  /** The one after the last that is drawn. */
  readonly last: number;
  readonly abovePx: number;
  readonly belowPx: number;
}

/** Moves in steps of so many rows, and draws so many more on either side. */
const STEP = 20;

/** The window of a view onto rows of one height; always whole steps, so that it changes seldom. */
export function windowOf(
  view: { readonly topPx: number; readonly heightPx: number; readonly rowPx: number },
  count: number,
): RowWindow {
  const { topPx, heightPx, rowPx } = view;
  const first = Math.max(0, (Math.floor(topPx / rowPx / STEP) - 1) * STEP);
  const last = Math.min(count, (Math.ceil((topPx + heightPx) / rowPx / STEP) + 1) * STEP);
  const from = Math.min(first, Math.floor(count / STEP) * STEP);
  return { first: from, last, abovePx: from * rowPx, belowPx: Math.max(0, count - last) * rowPx };
}
