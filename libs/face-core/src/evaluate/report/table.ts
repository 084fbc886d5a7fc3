import type { Interval } from '../statistics/interval';

/** A table of text: a title line, then rows of a label and a cell for each model. */
export interface TextTable {
  readonly title: string;
  /** Empty where columns need no names. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly [label: string, ...cells: string[]])[];
}

/** Lays a table out for a terminal: labels to the left, cells to the right. */
export function renderTable({ title, head, rows }: TextTable): string {
  const lines = [['', ...head], ...rows].filter((line) => line.some((cell) => cell !== ''));
  const widths = lines.reduce<number[]>(
    (most, line) => line.map((cell, at) => Math.max(most[at] ?? 0, cell.length)),
    [],
  );
  const rendered = lines.map((line) =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[at] as number)))
      .join('   ')
      .trimEnd(),
  );
  return [title, ...rendered.map((line) => `  ${line}`)].join('\n');
}

/** A rate as a percentage; a rare one keeps two digits that are not 0. A dash where it is undefined. */
export function percent(rate: number | undefined, digits = 2): string {
  if (rate === undefined) return '–';
  return `${digitsOf(100 * rate, digits)} %`;
}

function digitsOf(value: number, digits: number): string {
  const tooRare = value > 0 && value < 10 ** (1 - digits);
  return tooRare ? String(Number(value.toPrecision(2))) : value.toFixed(digits);
}

/** A number with so many digits after the point, a dash where it is undefined. */
export function decimal(value: number | undefined, digits = 3): string {
  return value === undefined ? '–' : value.toFixed(digits);
}

/** A 95 % interval of a rate, in per cent. */
export function range(interval: Interval | undefined, digits = 2): string {
  if (!interval) return '';
  const [low, high] = interval.map((end) => digitsOf(100 * end, digits));
  return `[${low}, ${high}]`;
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return value.toLocaleString('en');
}
