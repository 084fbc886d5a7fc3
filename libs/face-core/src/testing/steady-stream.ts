import { monitorEventLoopDelay } from 'node:perf_hooks';

import { FacePipeline } from '../face-pipeline';
import type { Frame } from '../image/frame';
import { crowd } from './scene';

/** What a stream of frames cost, printed as JSON by `node --expose-gc --import tsx steady-stream.ts`. */
export interface StreamReport {
  /** Faces that were detected, refined, described and followed. */
  readonly faces: Readonly<Record<'detected' | 'refined' | 'described' | 'followed', number>>;
  /** After 100, 200 and 300 frames: memory of the calling thread in use once garbage is gone, in bytes. */
  readonly usedBytes: readonly number[];
  /** At the same moments: all that the process holds, other threads and native memory among it. */
  readonly residentBytes: readonly number[];
  /** How long the caller's event loop waited for its next turn, in milliseconds, over all frames. */
  readonly delayMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const MEASURED_AT = [100, 200, 300];
const SIZE = { width: 640, height: 360 };

async function stream(): Promise<StreamReport> {
  const pipeline = await FacePipeline.open({ threads: 2 });
  const pictures: Frame[] = [];
  for (const people of [1, 2, 3, 2]) pictures.push(await crowd(SIZE, people));
  const faces = { detected: 0, refined: 0, described: 0, followed: 0 };
  const follower = pipeline.follow();
  const usedBytes: number[] = [];
  const residentBytes: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (let index = 1; index <= 300; index += 1) {
    delay.enable();
    const picture = pictures[index % pictures.length] as Frame;
    // As a camera does: new bytes for each frame.
    const frame = { ...picture, data: Uint8Array.from(picture.data) };
    const detected = await pipeline.detect(frame);
    const refined = await pipeline.refine(frame, detected.map(({ box }) => box)); // prettier-ignore
    const described = await pipeline.describe(frame, detected.slice(0, 1), { quality: true });
    const followed = await follower.update(frame, 40 * index);
    delay.disable();
    faces.followed += followed.filter(({ visible }) => visible).length;
    faces.detected += detected.length;
    faces.refined += refined.filter((face) => face).length;
    faces.described += described.filter((face) => face).length;
    if (!MEASURED_AT.includes(index)) continue;
    await withoutGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    // Array buffers are counted in `external`.
    usedBytes.push(heapUsed + external);
    residentBytes.push(rss);
  }
  await pipeline.close();
  const ms = (nanoseconds: number) => Number((nanoseconds / 1e6).toFixed(2));
  const delayMs = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) };
  return { faces, usedBytes, residentBytes, delayMs };
}

async function withoutGarbage(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    global.gc?.();
    await new Promise((turn) => setImmediate(turn));
  }
}

stream().then(
  (report) => process.stdout.write(`${JSON.stringify(report)}\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
