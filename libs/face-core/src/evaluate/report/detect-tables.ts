import type { DetectFigures, DetectResult } from '../protocols/detect';
import { groupTables } from './group-table';
import { count, decimal, percent, range, type TextTable } from './table';

type Row = readonly [label: string, ...cells: string[]];

const HEAD = ['faces', 'found', 'recall', '', 'points, median', '90 %', 'of box, median'];

/** What `detect` found. */
export function detectTables(result: DetectResult): TextTable[] {
  const { counts, precisionAtLeast, byYaw, bySize } = result;
  const entries: [string, DetectFigures][] = [
    ['all', result],
    ...Object.entries(byYaw).map(([name, figures]): [string, DetectFigures] => [`yaw ${name}`, figures]),
    ...Object.entries(bySize).map(([name, figures]): [string, DetectFigures] => [`size ${name}`, figures]),
  ];
  return [
    {
      title:
        `Detection: ${count(counts.images)} pictures (${counts.unreadable} unreadable), ` +
        `${count(counts.detections)} detections, precision at least ${percent(precisionAtLeast)}`,
      head: HEAD,
      rows: entries.map(([name, at]): Row => [name, ...cellsOf(at)]),
    },
    ...groupTables('detection', result, { head: HEAD, cells: cellsOf }),
  ];
}

function cellsOf(at: DetectFigures): string[] {
  return [
    count(at.faces),
    count(at.found),
    percent(at.recall, 1),
    range(at.recallInterval, 1),
    decimal(at.landmarkError.median),
    decimal(at.landmarkError.p90),
    decimal(at.landmarkErrorOfBox.median),
  ];
}
