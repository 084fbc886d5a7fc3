import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isWanted } from '../bench-options';
import type { BareRun, FrameFile } from '../contenders/protocol';
import { startScript } from '../peers/start-peers';
import { agreementsOf, resultOf } from '../report';
import { extractSideBySide } from './frames';
import { CONTENDER } from '../targets';
import {
  FACE_SIZES_MIN_PX,
  FRAME_SIZES,
  measure,
  runner,
  sizeText,
  threadCounts,
  type VisionContext,
} from './context';

/** Full detection of frames that have nothing to do with one another. */
export async function detectColdRows(context: VisionContext): Promise<void> {
  for (const { threads, suffix } of threadCounts(availableParallelism())) {
    const name = `detect-cold${suffix}`;
    if (!isWanted(context.options, name)) continue;
    for (const frames of context.frames) {
      for (const minFacePx of FACE_SIZES_MIN_PX) {
        const row = { name, size: sizeText(frames), minFacePx };
        context.progress(`${name} ${row.size} ${minFacePx} px`);
        const ask = (index: number) => ({ threads, frames, index, minFacePx });
        // The browser libraries know neither a smallest face nor a number of threads: once a size is enough.
        const peers = context.peers.filter(
          ({ name: peer }) =>
            peer === CONTENDER.opencv || (suffix === '' && minFacePx === FACE_SIZES_MIN_PX[0]),
        );
        const measured = await measure(
          context,
          [context.ours, ...peers].map((contender) => runner(contender, 'detect', ask)),
        );
        context.results.push(resultOf(row, measured));
        context.agreements.push(...agreementsOf(row, measured));
      }
    }
  }
}

/** Faces in a picture that is followed. */
const FOLLOWED = [
  { faces: 1, suffix: '' },
  { faces: 3, suffix: '-3-faces' },
] as const;
/** Neighbouring frames that are followed; longer rows begin anew. */
const FOLLOWED_FRAMES = 200;

/** Detection that follows faces from frame to frame, whole searches included, beside others' full detection. */
export async function detectSteadyRows(context: VisionContext): Promise<void> {
  const [most] = threadCounts(availableParallelism());
  const threads = most?.threads ?? 1;
  const minFacePx = FACE_SIZES_MIN_PX[0];
  for (const { faces, suffix } of FOLLOWED) {
    const name = `detect-steady${suffix}`;
    if (!isWanted(context.options, name)) continue;
    const size = FRAME_SIZES[1];
    const row = { name, size: sizeText(size), minFacePx };
    context.progress(`${name} ${row.size}`);
    const videos = Array.from(
      { length: faces },
      (_, index) => context.videos[index % context.videos.length] ?? '',
    );
    const frames = await extractSideBySide(videos, size, FOLLOWED_FRAMES, context.folder);
    const ask = (index: number) => ({ threads, frames, index, minFacePx });
    const opencv = context.peers.filter((peer) => peer.name === CONTENDER.opencv);
    const measured = await measure(context, [
      runner(context.ours, 'follow', ask),
      ...opencv.map((contender) => runner(contender, 'detect', (index) => ask(index * 10))),
    ]);
    context.results.push(resultOf(row, measured));
  }
}

/** Full detection on one thread beside the same runs of the installed networks alone: threads would share the work. */
export async function detectOverheadRows(context: VisionContext): Promise<void> {
  if (!isWanted(context.options, 'detect-overhead')) return;
  const bare = await startScript(CONTENDER.bareNetworks, join(__dirname, '../contenders/bare-networks.ts'));
  try {
    for (const frames of context.frames) {
      for (const minFacePx of FACE_SIZES_MIN_PX) {
        const runs = await tracedRuns(context, frames, minFacePx);
        await overheadRow(context, bare, { frames, minFacePx, runs });
      }
    }
  } finally {
    await bare.stop();
  }
}

interface OverheadCase {
  readonly frames: FrameFile;
  readonly minFacePx: number;
  readonly runs: readonly (readonly BareRun[])[];
}

async function overheadRow(
  context: VisionContext,
  bare: VisionContext['ours'],
  { frames, minFacePx, runs }: OverheadCase,
): Promise<void> {
  const threads = 1;
  const row = { name: 'detect-overhead', size: sizeText(frames), minFacePx };
  context.progress(`${row.name} ${row.size} ${minFacePx} px`);
  const measured = await measure(context, [
    runner(context.ours, 'detect', (index) => ({ threads, frames, index, minFacePx })),
    runner(bare, 'bare', (index) => ({ threads, runs: runs[index % runs.length] ?? [] })),
  ]);
  context.results.push(resultOf(row, measured));
}

/** Which networks a detection of each frame runs, and on what. */
async function tracedRuns(
  context: VisionContext,
  frames: FrameFile,
  minFacePx: number,
): Promise<BareRun[][]> {
  context.progress(`trace ${sizeText(frames)} ${minFacePx} px`);
  const traced = await startScript(
    'traced',
    join(__dirname, '../contenders/face-core.ts'),
    [],
    ['--require', join(__dirname, '../contenders/trace-networks.cjs')],
  );
  try {
    const result: BareRun[][] = [];
    for (let index = 0; index < Math.min(frames.count, context.options.frames); index += 1) {
      const { runs = [] } = await traced.ask('trace', { threads: 1, frames, index, minFacePx });
      if (runs.length === 0) throw new Error(`No network was seen to run on frame ${index}.`);
      result.push([...runs]);
    }
    return result;
  } finally {
    await traced.stop();
  }
}
