import { dirname, join } from 'node:path';

import { defaultModelsDirectory } from '../../config';

/** Where what was computed is kept unless the user says otherwise: `evaluate` beside the models folder. */
export function defaultCacheDirectory(): string {
  return join(dirname(defaultModelsDirectory()), 'evaluate');
}
