import type { GroupGap } from '../protocols/largest-gap';
import { percent } from './table';

const ABBREVIATIONS: readonly string[] = ['eer', 'fmr', 'fnmr', 'fpir', 'fnir', 'apcer', 'bpcer'];

/** The largest gap between two groups, to follow a title; nothing where there is none. */
export function gapText(gap: GroupGap | undefined): string {
  if (!gap) return '';
  const { figure, column, highest, lowest } = gap;
  const name = ABBREVIATIONS.includes(figure) ? figure.toUpperCase() : figure;
  return (
    `; largest gap: ${name} by ${column}, ${highest.group} ${percent(highest.value)} against ` +
    `${lowest.group} ${percent(lowest.value)}`
  );
}
