import type { Measured } from './interleave';
import type { Machine } from './machine';
import { median, quantile } from './statistics';

/** Another's time for the same work. */
export interface PeerResult {
  readonly name: string;
  readonly medianMs: number;
  /** The peer's median over ours: above 1, we are the faster. */
  readonly ratio: number;
}

/** One row of a benchmark. */
export interface BenchResult {
  readonly name: string;
  /** Of the frame, as `width x height` without spaces; of the gallery, as `count x dimension`. */
  readonly size: string;
  /** Smallest face looked for; 0 where nothing is looked for. */
  readonly minFacePx: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly peers: readonly PeerResult[];
}

/** Whether two found as many faces in the same frames. */
export interface Agreement {
  readonly name: string;
  readonly size: string;
  readonly minFacePx: number;
  readonly peer: string;
  /** Frames in which both found the same number. */
  readonly frames: number;
  readonly of: number;
  /** Mean number of faces a frame: ours, the peer's. */
  readonly faces: readonly [ours: number, peers: number];
}

/** A row or a peer that could not be measured, and why. */
export interface Absence {
  readonly name: string;
  readonly reason: string;
}

/** What a run of a suite gives. */
export interface BenchReport {
  readonly suite: string;
  readonly machine: Machine;
  readonly results: readonly BenchResult[];
  readonly agreements: readonly Agreement[];
  readonly absent: readonly Absence[];
  /** Bytes that the process kept for each frame, by the memory row. */
  readonly memory?: MemoryGrowth;
}

/** How the memory of a process went while it worked. */
export interface MemoryGrowth {
  readonly frames: number;
  readonly firstMiB: number;
  readonly lastMiB: number;
  /** Trend over the second half, which start-up no longer touches. */
  readonly bytesPerFrame: number;
}

/** What a row is about. */
export type RowKey = Pick<BenchResult, 'name' | 'size' | 'minFacePx'>;

/** Makes a row out of what was measured; the first is ours, the others are its peers. */
export function resultOf(row: RowKey, measured: readonly Measured<unknown>[]): BenchResult {
  const [ours, ...peers] = measured;
  if (!ours) throw new RangeError(`Nothing was measured for ${row.name}.`);
  const oursMs = median(ours.times);
  return {
    name: row.name,
    size: row.size,
    minFacePx: row.minFacePx,
    medianMs: rounded(oursMs),
    p95Ms: rounded(quantile(ours.times, 0.95)),
    peers: peers.map(({ name, times }) => {
      const medianMs = median(times);
      return { name, medianMs: rounded(medianMs), ratio: rounded(medianMs / oursMs) };
    }),
  };
}

/** Compares how many faces were found; the first is ours. */
export function agreementsOf(row: RowKey, measured: readonly Measured<number | undefined>[]): Agreement[] {
  const [ours, ...peers] = measured;
  const counts = (of: Measured<number | undefined> | undefined) => of?.answers ?? [];
  return peers
    .filter(({ answers }) => answers.every((answer) => answer !== undefined))
    .map((peer) => ({
      name: row.name,
      size: row.size,
      minFacePx: row.minFacePx,
      peer: peer.name,
      frames: peer.answers.filter((faces, round) => faces === counts(ours)[round]).length,
      of: peer.answers.length,
      faces: [mean(counts(ours)), mean(peer.answers)],
    }));
}

function mean(values: readonly (number | undefined)[]): number {
  return rounded(values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length);
}

/** A microsecond or a thousandth: what is measured is not better than that. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}
