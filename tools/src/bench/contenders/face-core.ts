import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import { FacePipeline, Gallery, type DetectedFace, type FaceFollower, type Frame } from '@munjigi/face-core';
import { readFrame } from './frame-reader';
import { serve, timed, type Answer, type FrameFile, type Tasks } from './protocol';
import { randomUnitVectors } from './random-vectors';
import { TRACE_CHANNEL } from './trace-channel';
import { bareRunsOf } from './traced-runs';

const TRACE_SETTLE_MS = 50;

/** Our own library as a contender, through its public API alone: what is measured is what a caller gets. */
const pipelines = new Map<number, Promise<FacePipeline>>();
const faces = new Map<string, Promise<DetectedFace[]>>();
const followers = new Map<string, { follower: FaceFollower; atMs: number }>();
let gallery: { key: string; gallery: Gallery; probes: Float32Array[] } | undefined;

function pipeline(threads: number): Promise<FacePipeline> {
  const known = pipelines.get(threads) ?? FacePipeline.open({ threads });
  pipelines.set(threads, known);
  return known;
}

function frameOf(file: FrameFile, index: number): Frame {
  return { data: readFrame(file, index), width: file.width, height: file.height };
}

async function detect({ threads, frames, index, minFacePx }: Tasks['detect']): Promise<Answer> {
  const opened = await pipeline(threads);
  const frame = frameOf(frames, index);
  const { ms, result } = await timed(() => opened.detect(frame, { faceSizeMinPx: minFacePx }));
  return { ms, faces: result.length };
}

/** A door looks at so many frames a second. */
const FRAME_MS = 40;
/** Two seconds: whole searches, one or more a second, are spread over so many frames. */
const FOLLOWED_FRAMES = 50;

async function follow({ threads, frames, index, minFacePx }: Tasks['follow']): Promise<Answer> {
  const key = `${threads}/${frames.path}/${minFacePx}`;
  const known = followers.get(key) ?? {
    follower: (await pipeline(threads)).follow({ faceSizeMinPx: minFacePx }),
    atMs: 0,
  };
  followers.set(key, known);
  const start = (index * FOLLOWED_FRAMES) % (frames.count - FOLLOWED_FRAMES + 1);
  let faces = 0;
  let ms = 0;
  for (let next = start; next < start + FOLLOWED_FRAMES; next += 1) {
    const frame = frameOf(frames, next);
    known.atMs += FRAME_MS;
    const followed = await timed(() => known.follower.update(frame, known.atMs));
    ms += followed.ms;
    faces = followed.result.filter(({ visible }) => visible).length;
  }
  return { ms: ms / FOLLOWED_FRAMES, faces };
}

async function embed({ threads, frames, index }: Tasks['embed']): Promise<Answer> {
  const opened = await pipeline(threads);
  const crop = readFrame(frames, index);
  const { ms } = await timed(() => opened.embed([crop]));
  return { ms };
}

/** The largest face, found once; undefined when the frame has none. */
async function largestFace(ask: Tasks['writeCrops'], index: number): Promise<DetectedFace | undefined> {
  const key = `${ask.frames.path}#${index % ask.frames.count}`;
  const known =
    faces.get(key) ??
    (await pipeline(1)).detect(frameOf(ask.frames, index), { faceSizeMinPx: ask.minFacePx });
  faces.set(key, Promise.resolve(known));
  return (await known)[0];
}

async function alignEmbed(ask: Tasks['alignEmbed']): Promise<Answer> {
  const opened = await pipeline(ask.threads);
  for (let index = ask.index; index < ask.index + ask.frames.count; index += 1) {
    const face = await largestFace({ ...ask, path: '' }, index);
    // Not every frame of a video shows a face: the next one that does will serve.
    if (!face) continue;
    const frame = frameOf(ask.frames, index);
    const { ms } = await timed(async () => opened.embed([await opened.align(frame, face.landmarks)]));
    return { ms };
  }
  throw new Error(`${ask.frames.path} shows no face.`);
}

async function writeCrops(ask: Tasks['writeCrops']): Promise<Answer> {
  const opened = await pipeline(1);
  const crops: Uint8Array[] = [];
  for (let index = 0; index < ask.frames.count; index += 1) {
    const face = await largestFace(ask, index);
    if (face) crops.push(await opened.align(frameOf(ask.frames, index), face.landmarks));
  }
  writeFileSync(ask.path, Buffer.concat(crops));
  return { ms: 0, crops: crops.length };
}

async function trace(ask: Tasks['trace']): Promise<Answer> {
  const outputs: number[][][] = [];
  const channel = new BroadcastChannel(TRACE_CHANNEL);
  channel.onmessage = (event) => outputs.push((event as { data: number[][] }).data);
  const { ms } = await detect(ask);
  // The reports travel beside the answer and may come after it.
  await pause(TRACE_SETTLE_MS);
  channel.close();
  return { ms, runs: outputs.flatMap(bareRunsOf) };
}

async function search({ count, dimension }: Tasks['search']): Promise<Answer> {
  const key = `${count}x${dimension}`;
  if (gallery?.key !== key) {
    gallery = undefined;
    const made = new Gallery({ modelId: 'bench', dimension });
    let row = 0;
    for (const embedding of randomUnitVectors(count, dimension, 1)) {
      made.put({ templateId: `t${row}`, personId: `p${row}`, modelId: 'bench', embedding });
      row += 1;
    }
    gallery = { key, gallery: made, probes: [...randomUnitVectors(16, dimension, 2)] };
  }
  const { probes, gallery: made } = gallery;
  const probe = probes[Math.floor(Math.random() * probes.length)] as Float32Array;
  const { ms } = await timed(() => made.search(probe, { top: 1 }));
  return { ms };
}

async function memory({ frames, runs, minFacePx }: Tasks['memory']): Promise<Answer> {
  const opened = await pipeline(1);
  const { ms } = await timed(async () => {
    for (let run = 0; run < runs; run += 1) {
      await opened.analyze(frameOf(frames, run), { faceSizeMinPx: minFacePx });
    }
  });
  globalThis.gc?.();
  return { ms: ms / runs, residentBytes: process.memoryUsage.rss() };
}

async function main(): Promise<void> {
  await serve('', { detect, follow, embed, alignEmbed, writeCrops, trace, search, memory });
  for (const opened of pipelines.values()) await (await opened).close();
}

void main();
