import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';

import { sha256Of } from '../../models/files';
import type { EvaluationImage } from '../readers/images';
import { defaultCacheDirectory } from './cache-directory';
import { EmbeddingCache } from './embedding-cache';
import type { FaceOutcome } from './face-outcome';
import { FaceWorker, type Crop } from './face-worker';
import type { ModelIdentity } from './model-identity';
import { runLanes } from './run-lanes';

/** How pictures become embeddings. */
export interface EmbedOptions {
  /** At least one; each gives its own embeddings of the same crops. */
  readonly models: readonly ModelIdentity[];
  /** True when pictures are aligned crops already. Default false. */
  readonly aligned?: boolean;
  /** Folder of kept embeddings. Default: `evaluate` beside the models folder. */
  readonly cacheDirectory?: string;
  /** Smaller faces are not looked for, in pixels of a picture. Default 40. */
  readonly faceSizeMinPx?: number;
  /** Inference threads. Default: cores, at most 8. */
  readonly workers?: number;
  /** Called after every few pictures. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What became of every picture, under every model. */
export interface EmbeddedImages {
  /** By model id; in the order of the pictures. */
  readonly outcomes: ReadonlyMap<string, readonly FaceOutcome[]>;
  /** Pictures that were not found in every cache. */
  readonly computed: number;
  readonly seconds: number;
}

/** Raise it when the same model and options begin to give other embeddings. */
const CACHE_VERSION = 3;
const WORKERS_MAX = 8;
/** So that one lane decodes while another's crops are at inference. */
const LANES_PER_WORKER = 2;
const CHUNK = 8;
const FACE_SIZE_MIN_PX = 40;

/**
 * Makes an embedding of the main face of every picture, under every model, and keeps it: a run that was interrupted, or
 * is repeated, computes only what is missing.
 *
 * Pictures without a face and files that cannot be decoded are outcomes, not errors.
 *
 * @throws {FaceCoreError} `models/missing`, `models/corrupt`, `evaluate/not-aligned`
 */
export async function embedImages(
  images: readonly EvaluationImage[],
  options: EmbedOptions,
): Promise<EmbeddedImages> {
  const started = performance.now();
  const run = new EmbeddingRun(images, options);
  const workerCount = options.workers ?? Math.min(availableParallelism(), WORKERS_MAX);
  const workers = Array.from({ length: workerCount }, () => run.worker());
  try {
    await runLanes(
      { count: images.length, lanes: workerCount * LANES_PER_WORKER, chunk: CHUNK },
      (lane, indexes) => run.embed(workers[lane % workerCount] as FaceWorker, indexes),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.close()));
    run.close();
  }
  return {
    outcomes: run.outcomes,
    computed: run.computed,
    seconds: (performance.now() - started) / 1000,
  };
}

/** A picture that some model has not seen. */
interface Unseen {
  readonly index: number;
  /** Undefined when its bytes could not be read: such an outcome is not kept. */
  readonly key: string | undefined;
  readonly crop: Crop;
  readonly modelIds: readonly string[];
}

class EmbeddingRun {
  readonly outcomes: ReadonlyMap<string, FaceOutcome[]>;
  computed = 0;
  #done = 0;
  readonly #aligned: boolean;
  readonly #faceSizeMinPx: number;
  readonly #caches: ReadonlyMap<string, EmbeddingCache>;

  constructor(
    private readonly images: readonly EvaluationImage[],
    private readonly options: EmbedOptions,
  ) {
    const { models, aligned = false, faceSizeMinPx = FACE_SIZE_MIN_PX } = options;
    const directory = options.cacheDirectory ?? defaultCacheDirectory();
    this.#aligned = aligned;
    this.#faceSizeMinPx = faceSizeMinPx;
    this.outcomes = new Map(models.map(({ id }) => [id, new Array<FaceOutcome>(images.length)]));
    this.#caches = new Map(
      models.map((model) => {
        const parts = [CACHE_VERSION, model.sha256, aligned, aligned ? 0 : faceSizeMinPx];
        const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
        const { id: modelId, dimension } = model;
        return [modelId, EmbeddingCache.open(directory, { modelId, fingerprint, dimension })];
      }),
    );
  }

  worker(): FaceWorker {
    const modelIds = this.options.models.map(({ id }) => id);
    return new FaceWorker(modelIds, { aligned: this.#aligned, faceSizeMinPx: this.#faceSizeMinPx });
  }

  async embed(worker: FaceWorker, indexes: readonly number[]): Promise<void> {
    const looked = await Promise.all(indexes.map((index) => this.#look(worker, index)));
    const unseen = looked.filter((one) => one !== undefined);
    this.computed += unseen.length;
    for (const { id } of this.options.models) {
      const mine = unseen.filter(({ modelIds }) => modelIds.includes(id));
      const crops = mine.flatMap(({ crop }) => (crop.kind === 'crop' ? [crop.pixels] : []));
      const embeddings = (await worker.embed(id, crops)).values();
      for (const { index, key, crop } of mine) this.#keep(id, { index, key }, outcomeOf(crop, embeddings));
    }
    this.#done += indexes.length;
    this.options.onProgress?.(this.#done, this.images.length);
  }

  close(): void {
    for (const cache of this.#caches.values()) cache.close();
  }

  /** Finds a picture in the caches, or makes its crop. */
  async #look(worker: FaceWorker, index: number): Promise<Unseen | undefined> {
    const image = this.images[index] as EvaluationImage;
    const bytes = await image.read().catch(() => undefined);
    const key = bytes && sha256Of(bytes);
    const modelIds: string[] = [];
    for (const [id, cache] of this.#caches) {
      const found = key === undefined ? undefined : cache.get(key);
      if (found) this.#outcomesOf(id)[index] = found;
      else modelIds.push(id);
    }
    if (modelIds.length === 0) return undefined;
    const crop: Crop = bytes ? await worker.crop(bytes, image.name) : { kind: 'unreadable' };
    return { index, key, crop, modelIds };
  }

  #keep(id: string, at: Pick<Unseen, 'index' | 'key'>, outcome: FaceOutcome): void {
    this.#outcomesOf(id)[at.index] = outcome;
    if (at.key !== undefined) this.#caches.get(id)?.put(at.key, outcome);
  }

  #outcomesOf(id: string): FaceOutcome[] {
    return this.outcomes.get(id) as FaceOutcome[];
  }
}

function outcomeOf(crop: Crop, embeddings: Iterator<Float32Array>): FaceOutcome {
  if (crop.kind !== 'crop') return crop;
  const embedding = embeddings.next().value as Float32Array;
  return { kind: 'face', embedding, landmarks: crop.landmarks };
}
