import type { BenchOptions } from '../bench-options';
import type { Contender } from '../contenders/contender';
import type { FrameFile, Task, Tasks } from '../contenders/protocol';
import { interleave, type Measured, type Runner } from '../interleave';
import type { Absence, Agreement, BenchResult, MemoryGrowth } from '../report';

/** Sizes of frames that are measured. */
export const FRAME_SIZES = [
  { width: 640, height: 360 },
  { width: 1280, height: 720 },
] as const;

/** Smallest faces that are looked for, pixels. */
export const FACE_SIZES_MIN_PX = [40, 80] as const;

/** Threads that are measured, with the end of a row's name. */
export interface ThreadCount {
  readonly threads: number;
  readonly suffix: string;
}

/** What rows share, and where they leave what they found. */
export interface VisionContext {
  readonly options: BenchOptions;
  /** For files of this run; removed after it. */
  readonly folder: string;
  readonly ours: Contender;
  readonly peers: readonly Contender[];
  /** One file for each of {@link FRAME_SIZES}, in order. */
  readonly frames: readonly FrameFile[];
  /** What the frames were taken of. */
  readonly videos: readonly string[];
  readonly results: BenchResult[];
  readonly agreements: Agreement[];
  readonly absent: Absence[];
  memory?: MemoryGrowth;
  /** Says which row is being measured. */
  progress(row: string): void;
}

/** More threads than this are not measured: targets are stated for two. */
const THREADS_MAX = 2;
/** Code that runs in a virtual machine, ours and some of the others, is compiled while it runs. */
const WARM_UPS = 25;
const REST_MS = 10;

/** One thread and as many as the machine has, at most two. */
export function threadCounts(cores: number): ThreadCount[] {
  const most = Math.min(cores, THREADS_MAX);
  return most === 1
    ? [{ threads: 1, suffix: '' }]
    : [
        { threads: most, suffix: '' },
        { threads: 1, suffix: '-1-thread' },
      ];
}

/**
 * A contender at a task; the answer is the number of faces where it counts them.
 *
 * It is asked twice in a row and the second time counts: what the others left in the caches, and the rest before, are
 * nobody's work. A camera's frames come one after the other, too.
 */
export function runner<T extends Task>(
  contender: Contender,
  task: T,
  ask: (round: number) => Tasks[T],
  name: string = contender.name,
): Runner<number | undefined> {
  return {
    name,
    run: async (round) => {
      if (!ONCE.has(task)) await contender.ask(task, ask(round));
      const { ms, faces } = await contender.ask(task, ask(round));
      return { ms, answer: faces };
    },
  };
}

/** Tasks that take many steps as they are, or go on from the last time. */
const ONCE: ReadonlySet<Task> = new Set<Task>(['follow', 'memory', 'readOnce']);

/** Measures contenders in turn, as often as was asked for. */
export function measure(
  { options }: VisionContext,
  runners: readonly Runner<number | undefined>[],
): Promise<Measured<number | undefined>[]> {
  return interleave(runners, { warmUps: WARM_UPS, rounds: options.frames, restMs: REST_MS });
}

/** As a row shows a frame's size. */
export function sizeText({ width, height }: { width: number; height: number }): string {
  return `${width}x${height}`;
}
