import { dirname, resolve } from 'node:path';

import type { EvaluateOptions } from '../options';
import type { EvaluationImage } from '../readers/images';
import { embedImages } from '../runner/embed-images';
import type { FaceOutcome } from '../runner/face-outcome';
import { identifyModel, type ModelIdentity } from '../runner/model-identity';
import type { ProgressBar } from '../runner/progress-bar';

/** Makes a progress bar for a piece of work. */
export type ShowProgress = (name: string) => ProgressBar;

/** A model with what became of every picture under it. */
export interface EmbeddedModel {
  readonly model: ModelIdentity;
  readonly outcomes: readonly FaceOutcome[];
}

/** What of a command line says how pictures are embedded. */
export type EmbeddingOptions = Pick<EvaluateOptions, 'models' | 'threshold' | 'cache' | 'faceSizeMinPx'>;

const DEFAULT_EMBEDDER = 'mobilefacenet-192';

/** Embeds pictures under every model that was asked for, with a note on how fast. */
export async function embedded(
  images: readonly EvaluationImage[],
  options: EmbeddingOptions,
  progress: ShowProgress,
  aligned = false,
): Promise<{ all: EmbeddedModel[]; notes: string[] }> {
  const identities = await Promise.all((options.models ?? [DEFAULT_EMBEDDER]).map(identifyModel));
  const models = identities.map((model) => ({
    ...model,
    similarityMin: options.threshold ?? model.similarityMin,
  }));
  const { cache: cacheDirectory, faceSizeMinPx } = options;
  const bar = progress('Pictures');
  try {
    const { outcomes, computed, seconds } = await embedImages(images, {
      models,
      aligned,
      onProgress: bar.update,
      ...(cacheDirectory === undefined ? {} : { cacheDirectory }),
      ...(faceSizeMinPx === undefined ? {} : { faceSizeMinPx }),
    });
    const all = models.map((model) => ({ model, outcomes: outcomes.get(model.id) ?? [] }));
    return { all, notes: [speedNote(images.length, computed, seconds)] };
  } finally {
    bar.end();
  }
}

/** How fast pictures were worked through. */
export function speedNote(images: number, computed: number, seconds: number): string {
  const rate = computed > 0 ? `, ${(computed / seconds).toFixed(1)} a second` : '';
  return `${images} pictures in ${seconds.toFixed(1)} s; ${computed} computed${rate}, ${images - computed} kept from before.`;
}

/** What paths in an input file are relative to. */
export function directoryOf(options: Pick<EvaluateOptions, 'images'>, file: string | undefined): string {
  return options.images ?? dirname(resolve(file ?? '.'));
}
