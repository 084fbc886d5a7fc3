import { createHash } from 'node:crypto';

import type { Landmarks } from '../../detect/face';
import { FacePipeline } from '../../face-pipeline';
import { quickQuality } from '../../identify/quick-quality';
import { probeVideo } from '../../video/probe-video';
import { readVideo, type TimedFrame } from '../../video/read-video';
import { EmbeddingCache } from './embedding-cache';
import type { FaceOutcome } from './face-outcome';
import type { ModelIdentity } from './model-identity';
import { sha256OfFile } from './sha256-of-file';

/** How faces are taken out of recordings. */
export interface EnrolRecordingsOptions {
  /** At least one. */
  readonly models: readonly ModelIdentity[];
  readonly ffmpegPath: string;
  readonly framesPerSecondMax: number;
  /** Folder of kept embeddings. */
  readonly cacheDirectory: string;
}

/** What became of recordings that people are enrolled from: by model id, then by the recording's path. */
export type EnrolledRecordings = ReadonlyMap<string, ReadonlyMap<string, FaceOutcome>>;

/** Raise it when the same recording begins to give another face. */
const CACHE_VERSION = 1;
const NO_LANDMARKS: Landmarks = Array.from({ length: 5 }, () => ({ x: 0, y: 0 }));

/**
 * The aligned crop of the best face of a recording: large, frontal, whole. Frames that show several faces are left out:
 * nobody says which is meant.
 *
 * @returns undefined where there is none
 */
export async function bestFaceOf(
  frames: AsyncIterable<TimedFrame>,
  pipeline: Pick<FacePipeline, 'detect' | 'align'>,
): Promise<Uint8Array | undefined> {
  let best: { readonly quality: number; readonly crop: Uint8Array } | undefined;
  for await (const { frame } of frames) {
    const [face, ...others] = await pipeline.detect(frame, {});
    if (!face || others.length > 0) continue;
    const quality = quickQuality(face, frame);
    if (quality <= (best?.quality ?? 0)) continue;
    const crop = await pipeline.align(frame, face.landmarks).catch(() => undefined);
    if (crop) best = { quality, crop };
  }
  return best?.crop;
}

/**
 * Makes an embedding of the best face of every recording, under every model, and keeps it for the next run.
 *
 * @throws {FaceCoreError} of probing and reading a video; `models/missing`, `models/corrupt`
 */
export async function enrolRecordings(
  paths: ReadonlySet<string>,
  options: EnrolRecordingsOptions,
): Promise<EnrolledRecordings> {
  const outcomes = new Map(options.models.map(({ id }) => [id, new Map<string, FaceOutcome>()]));
  if (paths.size === 0) return outcomes;
  const caches = new Map(options.models.map((model) => [model.id, cacheOf(model, options)]));
  const pipelines = new Map<string, Promise<FacePipeline>>();
  const pipeline = (embedderId: string): Promise<FacePipeline> => {
    const opened = pipelines.get(embedderId) ?? FacePipeline.open({ embedderId });
    pipelines.set(embedderId, opened);
    return opened;
  };
  try {
    for (const path of paths) {
      const key = await sha256OfFile(path);
      const unseen = options.models.filter(({ id }) => !caches.get(id)?.get(key));
      if (unseen[0]) {
        const crop = await cropOf(path, await pipeline(unseen[0].id), options);
        for (const { id } of unseen) caches.get(id)?.put(key, await outcomeOf(crop, () => pipeline(id)));
      }
      for (const [id, cache] of caches) outcomes.get(id)?.set(path, cache.get(key) ?? { kind: 'no-face' });
    }
  } finally {
    for (const cache of caches.values()) cache.close();
    for (const opening of pipelines.values()) await (await opening.catch(() => undefined))?.close();
  }
  return outcomes;
}

function cacheOf(
  model: ModelIdentity,
  { framesPerSecondMax, cacheDirectory }: EnrolRecordingsOptions,
): EmbeddingCache {
  const parts = ['best face of a recording', CACHE_VERSION, model.sha256, framesPerSecondMax];
  const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return EmbeddingCache.open(cacheDirectory, { modelId: model.id, fingerprint, dimension: model.dimension });
}

async function cropOf(
  videoPath: string,
  pipeline: FacePipeline,
  { ffmpegPath, framesPerSecondMax }: EnrolRecordingsOptions,
): Promise<Uint8Array | undefined> {
  const facts = await probeVideo(ffmpegPath, videoPath);
  return bestFaceOf(readVideo({ ffmpegPath, videoPath, facts, framesPerSecondMax }), pipeline);
}

async function outcomeOf(
  crop: Uint8Array | undefined,
  pipeline: () => Promise<FacePipeline>,
): Promise<FaceOutcome> {
  if (!crop) return { kind: 'no-face' };
  const [embedding] = await (await pipeline()).embed([crop]);
  return { kind: 'face', embedding: embedding as Float32Array, landmarks: NO_LANDMARKS };
}
