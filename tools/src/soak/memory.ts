import { readFileSync } from 'node:fs';

const PAGE_KIB = 4;

/** Memory of a process in RAM, MiB; null when it is not there. */
export function residentMiB(pid: number | undefined): number | null {
  if (pid === undefined) return null;
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_KIB) / 1024;
  } catch {
    return null;
  }
}

/** Memory over a run. */
export interface MemoryTrend {
  readonly samples: number;
  /** Medians of the first and of the last third, MiB. */
  readonly first: number;
  readonly last: number;
  readonly highest: number;
}

/** The trend of samples in their order; of none, all is zero. */
export function trendOf(samples: readonly number[]): MemoryTrend {
  const third = Math.max(1, Math.floor(samples.length / 3));
  return {
    samples: samples.length,
    first: median(samples.slice(0, third)),
    last: median(samples.slice(-third)),
    highest: Math.max(0, ...samples),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
