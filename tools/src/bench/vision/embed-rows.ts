import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isWanted } from '../bench-options';
import type { Contender } from '../contenders/contender';
import type { FrameFile } from '../contenders/protocol';
import { startScript } from '../peers/start-peers';
import { resultOf } from '../report';
import { CONTENDER, ONE_THREAD } from '../targets';
import { measure, runner, sizeText, threadCounts, type ThreadCount, type VisionContext } from './context';

const CROP_PX = 112;
const FACE_MIN_PX = 40;
const EMBEDDER = 'mobilefacenet-192';

/** The embedder on an aligned crop, and alignment with it, beside the bare network and others' embedders. */
export async function embedRows(context: VisionContext): Promise<void> {
  const counts = threadCounts(availableParallelism());
  const wanted = ['embed', 'align-embed'].flatMap((name) =>
    counts
      .filter(({ suffix }) => isWanted(context.options, `${name}${suffix}`))
      .map((count) => ({ name, count })),
  );
  if (wanted.length === 0) return;
  const crops = await cropsOf(context);
  const bare = await startScript(CONTENDER.bareEmbedder, join(__dirname, '../contenders/bare-networks.ts'));
  try {
    for (const { name, count } of wanted) {
      context.progress(`${name}${count.suffix}`);
      if (name === 'embed') await embedRow(context, count, crops, bare);
      else await alignEmbedRow(context, count, bare);
    }
  } finally {
    await bare.stop();
  }
}

/** Aligned crops of the faces of the larger frames, made by our own alignment, for all alike. */
async function cropsOf(context: VisionContext): Promise<FrameFile> {
  const frames = context.frames.at(-1) as FrameFile;
  const path = join(context.folder, 'crops.rgb');
  const { crops = 0 } = await context.ours.ask('writeCrops', { frames, path, minFacePx: FACE_MIN_PX });
  if (crops === 0) throw new Error('The frames show no face.');
  return { path, width: CROP_PX, height: CROP_PX, count: crops };
}

async function embedRow(
  context: VisionContext,
  { threads, suffix }: ThreadCount,
  crops: FrameFile,
  bare: Contender,
): Promise<void> {
  const ask = (index: number) => ({ threads, frames: crops, index });
  const peers = context.peers.filter(({ name }) => name === CONTENDER.opencv || suffix !== ONE_THREAD);
  const measured = await measure(context, [
    runner(context.ours, 'embed', ask),
    runner(bare, 'bare', () => ({ threads, runs: [bareRun()] })),
    ...peers.map((contender) => runner(contender, 'embed', ask)),
  ]);
  context.results.push(
    resultOf(
      { name: `embed${suffix}`, size: sizeText({ width: CROP_PX, height: CROP_PX }), minFacePx: 0 },
      measured,
    ),
  );
}

async function alignEmbedRow(
  context: VisionContext,
  { threads, suffix }: ThreadCount,
  bare: Contender,
): Promise<void> {
  const frames = context.frames.at(-1) as FrameFile;
  const measured = await measure(context, [
    runner(context.ours, 'alignEmbed', (index) => ({ threads, frames, index, minFacePx: FACE_MIN_PX })),
    runner(bare, 'bare', () => ({ threads, runs: [bareRun()] })),
  ]);
  context.results.push(
    resultOf({ name: `align-embed${suffix}`, size: sizeText(frames), minFacePx: 0 }, measured),
  );
}

function bareRun() {
  return { model: EMBEDDER, shape: [1, 3, CROP_PX, CROP_PX] };
}
