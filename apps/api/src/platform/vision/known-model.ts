import { defaultModelsDirectory, listModels } from '@munjigi/face-core';
import { EXIT_CODES, StartError } from '../errors/start-error';
import type { VisionOptions } from './vision';

/** A model that this release, or the site, has a card of. */
export interface KnownModel {
  readonly modelId: string;
  /** Its own threshold, cosine similarity. */
  readonly similarityMin: number;
}

/**
 * Lets only a model pass that is known, installed or not.
 *
 * @throws {StartError} `config/unknown-model` that says which there are
 */
export async function knownModel({
  modelId,
  modelsDirectory,
}: Pick<VisionOptions, 'modelId' | 'modelsDirectory'>): Promise<KnownModel> {
  const directory = modelsDirectory ?? defaultModelsDirectory();
  const models = await listModels({ directory, mediaDirectory: directory });
  const embedders = models.filter(({ kind }) => kind === 'embedder');
  const found = embedders.find(({ id }) => id === modelId);
  if (found?.similarityMin !== undefined) return { modelId, similarityMin: found.similarityMin };
  throw new StartError(
    'config/unknown-model',
    `There is no model ${modelId}. Set MUNJIGI_MODEL to one of: ${embedders.map(({ id }) => id).join(', ')}.`,
    EXIT_CODES.configuration,
  );
}
