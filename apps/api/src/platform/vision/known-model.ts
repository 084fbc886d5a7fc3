import { defaultModelsDirectory, listModels } from '@munjigi/face-core';
import { EXIT_CODES, StartError } from '../errors/start-error';
import type { VisionOptions } from './vision';

/**
 * Lets only a model pass that this release knows, installed or not.
 *
 * @throws {StartError} `config/unknown-model` that says which there are
 */
export async function assertKnownModel({ modelId, modelsDirectory }: VisionOptions): Promise<void> {
  const directory = modelsDirectory ?? defaultModelsDirectory();
  const models = await listModels({ directory, mediaDirectory: directory });
  const known = models.filter(({ kind }) => kind === 'embedder').map(({ id }) => id);
  if (known.includes(modelId)) return;
  throw new StartError(
    'config/unknown-model',
    `There is no model ${modelId}. Set MUNJIGI_MODEL to one of: ${known.join(', ')}.`,
    EXIT_CODES.configuration,
  );
}
