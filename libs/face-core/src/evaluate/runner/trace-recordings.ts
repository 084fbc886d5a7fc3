import { createHash } from 'node:crypto';

import { FacePipeline } from '../../face-pipeline';
import { readVideo } from '../../video/read-video';
import type { VideoFacts } from '../../video/probe-video';
import type { ChainSettings } from '../protocols/video';
import type { VideoTrace } from '../protocols/video-trace';
import type { Recording } from '../readers/video-labels';
import type { EnrolledGallery } from './enrol';
import type { ModelIdentity } from './model-identity';
import { runLanes } from './run-lanes';
import { sha256OfFile } from './sha256-of-file';
import { TraceCache } from './trace-cache';
import { traceVideo } from './trace-video';

/** A recording that ffmpeg can read. */
export interface ReadableRecording extends Recording {
  readonly facts: VideoFacts;
}

/** With what recordings are looked at. */
export interface TraceRunOptions {
  readonly model: ModelIdentity;
  readonly enrolled: EnrolledGallery;
  readonly settings: ChainSettings;
  readonly ffmpegPath: string;
  /** Recordings at once, each with a chain of its own on one inference thread. */
  readonly workers: number;
  /** Folder of kept traces. */
  readonly cacheDirectory: string;
  /** Called as video time passes. */
  readonly onProgress?: (videoMs: number) => void;
}

/** What became of recordings under one model. */
export interface TracedRecordings {
  /** In the order of the recordings. */
  readonly traces: readonly VideoTrace[];
  /** Video that was looked at now, not kept from before. */
  readonly computedMs: number;
  readonly seconds: number;
}

/** Raise it when the same model and settings begin to give other traces. */
const CACHE_VERSION = 1;

/**
 * Looks at every recording as a door with this model, gallery and settings does, and keeps what it did: a run that was
 * interrupted, or is repeated, looks only at what is missing.
 *
 * @throws {FaceCoreError} `models/missing`, `models/corrupt`, `video/broken`
 */
export async function traceRecordings(
  recordings: readonly ReadableRecording[],
  options: TraceRunOptions,
): Promise<TracedRecordings> {
  const startedMs = performance.now();
  const run = new TraceRun(options);
  const lanes = Math.max(1, Math.min(options.workers, recordings.length));
  const traces = new Array<VideoTrace>(recordings.length);
  try {
    await runLanes({ count: recordings.length, lanes, chunk: 1 }, async (lane, [index]) => {
      traces[index as number] = await run.trace(lane, recordings[index as number] as ReadableRecording);
    });
  } finally {
    await run.close();
  }
  return { traces, computedMs: run.computedMs, seconds: (performance.now() - startedMs) / 1000 };
}

class TraceRun {
  computedMs = 0;
  #doneMs = 0;
  #shownMs = 0;
  readonly #cache: TraceCache;
  /** Models are loaded when they are first needed: a run that finds all in its cache loads none. */
  readonly #pipelines = new Map<number, Promise<FacePipeline>>();

  constructor(private readonly options: TraceRunOptions) {
    const { model, enrolled, settings, workers, cacheDirectory } = options;
    const parts = [CACHE_VERSION, model.sha256, enrolled.sha256, settings, workers];
    const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
    this.#cache = TraceCache.open(cacheDirectory, { modelId: model.id, fingerprint });
  }

  async trace(lane: number, recording: ReadableRecording): Promise<VideoTrace> {
    const key = await sha256OfFile(recording.path);
    const kept = this.#cache.get(key);
    const trace = kept ?? (await this.#look(lane, recording));
    if (!kept) this.#cache.put(key, trace);
    this.#doneMs += recording.facts.durationMs ?? 0;
    this.#show(0);
    return trace;
  }

  /** Lanes are at different places; what is shown never goes back. */
  #show(moreMs: number): void {
    this.#shownMs = Math.max(this.#shownMs, this.#doneMs + moreMs);
    this.options.onProgress?.(this.#shownMs);
  }

  async close(): Promise<void> {
    this.#cache.close();
    for (const opening of this.#pipelines.values()) {
      // One that did not open has told its caller.
      const pipeline = await opening.catch(() => undefined);
      await pipeline?.close();
    }
  }

  async #look(lane: number, { path: videoPath, facts }: ReadableRecording): Promise<VideoTrace> {
    const { ffmpegPath, settings, enrolled } = this.options;
    const { framesPerSecondMax } = settings;
    const trace = await traceVideo(readVideo({ ffmpegPath, videoPath, facts, framesPerSecondMax }), {
      vision: await this.#pipeline(lane),
      search: (probe) => enrolled.gallery.search(probe, { top: 2 }),
      settings,
      nowMs: () => performance.now(),
      onFrame: (atMs) => this.#show(atMs),
    });
    this.computedMs += trace.frames.at(-1)?.atMs ?? 0;
    return trace;
  }

  #pipeline(lane: number): Promise<FacePipeline> {
    const { id: embedderId } = this.options.model;
    const pipeline = this.#pipelines.get(lane) ?? FacePipeline.open({ embedderId, threads: 1 });
    this.#pipelines.set(lane, pipeline);
    return pipeline;
  }
}
