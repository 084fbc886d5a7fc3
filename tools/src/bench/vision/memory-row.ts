import { join } from 'node:path';
import { isWanted } from '../bench-options';
import type { FrameFile } from '../contenders/protocol';
import { startScript } from '../peers/start-peers';
import type { MemoryGrowth } from '../report';
import { quantile, slope } from '../statistics';
import { CONTENDER } from '../targets';
import { sizeText, type VisionContext } from './context';

const STEPS = 50;
const FACE_MIN_PX = 80;
const MIB = 2 ** 20;

/** Analyses frame after frame and watches how much memory the process has. */
export async function memoryRow(context: VisionContext): Promise<void> {
  const name = 'memory-growth';
  if (!isWanted(context.options, name)) return;
  context.progress(name);
  const frames = context.frames[0] as FrameFile;
  const runs = Math.max(1, Math.ceil(context.options.memoryFrames / STEPS));
  const ours = await startScript(
    CONTENDER.ours,
    join(__dirname, '../contenders/face-core.ts'),
    [],
    ['--expose-gc'],
  );
  const resident: number[] = [];
  const times: number[] = [];
  try {
    for (let step = 0; step < STEPS; step += 1) {
      const { ms, residentBytes = 0 } = await ours.ask('memory', { frames, runs, minFacePx: FACE_MIN_PX });
      resident.push(residentBytes);
      times.push(ms);
    }
  } finally {
    await ours.stop();
  }
  context.memory = growthOf(resident, runs);
  context.results.push({
    name,
    size: sizeText(frames),
    minFacePx: FACE_MIN_PX,
    medianMs: Number(quantile(times, 0.5).toFixed(3)),
    p95Ms: Number(quantile(times, 0.95).toFixed(3)),
    peers: [],
  });
}

/**
 * How memory went.
 *
 * @param resident bytes after each step, at least two
 * @param runs frames of a step
 */
export function growthOf(resident: readonly number[], runs: number): MemoryGrowth {
  const secondHalf = resident.slice(Math.floor(resident.length / 2));
  return {
    frames: resident.length * runs,
    firstMiB: (resident[0] ?? 0) / MIB,
    lastMiB: (resident.at(-1) ?? 0) / MIB,
    bytesPerFrame: slope(secondHalf) / runs,
  };
}
