import { readFile } from 'node:fs/promises';

import { FaceCoreError } from '../errors';

/** The content of a card file, not yet checked. @throws {FaceCoreError} `models/bad-card` when it is no JSON file */
export async function readCardFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new FaceCoreError('models/bad-card', `${path} is no JSON file: ${String(cause)}`, { cause });
  }
}
