import type { BenchReport, BenchResult, RowKey } from './report';
import { memoryVerdict, verdictsOf, type Verdict } from './targets';

const HEAD = ['row', 'size', 'face', 'median', 'p95', 'beside it', 'target'] as const;

/** The report as lines for a terminal. */
export function formatReport(report: BenchReport): string[] {
  const { machine } = report;
  const rows = report.results.flatMap((result) => linesOf(result, report));
  const widths = HEAD.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => width(row[column] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd();
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    ...(machine.loadAverage > 0.5
      ? [`The machine was busy (load ${machine.loadAverage}): times are too long, ratios hold better.`]
      : []),
    '',
    line(HEAD),
    line(widths.map((length) => '─'.repeat(length))),
    ...rows.map(line),
    ...memoryLines(report),
    ...report.absent.map(({ name, reason }) => `absent: ${name}: ${reason}`),
  ];
}

/** A row: as many lines as it has peers or targets, at least one. */
function linesOf(result: BenchResult, report: BenchReport): string[][] {
  const peers = result.peers.map(({ name, medianMs, ratio }) => {
    const agreement = report.agreements.find((entry) => entry.peer === name && sameRow(entry, result));
    const faces = agreement ? `, faces agree ${agreement.frames}/${agreement.of}` : '';
    return `${name} ${formatMs(medianMs)} (${ratio.toFixed(2)}x${faces})`;
  });
  const verdicts = result.name === 'memory-growth' ? [memoryVerdict(report)] : verdictsOf(result);
  const own = [
    result.name,
    result.size,
    result.minFacePx === 0 ? '' : `${result.minFacePx} px`,
    formatMs(result.medianMs),
    formatMs(result.p95Ms),
  ];
  return Array.from({ length: Math.max(1, peers.length, verdicts.length) }, (_, index) => [
    ...(index === 0 ? own : own.map(() => '')),
    peers[index] ?? '',
    verdicts[index] ? formatVerdict(verdicts[index]) : '',
  ]);
}

function memoryLines({ memory }: BenchReport): string[] {
  if (!memory) return [];
  const { frames, firstMiB, lastMiB, bytesPerFrame } = memory;
  return [
    `memory over ${frames} frames: ${firstMiB.toFixed(1)} MiB to ${lastMiB.toFixed(1)} MiB, ` +
      `${bytesPerFrame.toFixed(0)} bytes a frame in the second half`,
  ];
}

function formatVerdict({ target, met }: Verdict): string {
  if (met === undefined) return `? ${target}`;
  return `${met ? '✓' : '✗'} ${target}`;
}

function formatMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;
}

function sameRow(one: RowKey, other: RowKey): boolean {
  return one.name === other.name && one.size === other.size && one.minFacePx === other.minFacePx;
}

function width(text: string): number {
  return [...text].length;
}
