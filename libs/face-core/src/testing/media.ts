import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { defaultMediaDirectory } from '../config';
import { decodeImage } from '../image/decode-image';
import type { Frame } from '../image/frame';

/** The path of a fetched photograph or video of real people. */
export function mediaPath(file: string): string {
  return join(defaultMediaDirectory(), file);
}

/** A fetched photograph as a frame. */
export async function photo(file: string): Promise<Frame> {
  return decodeImage(await readFile(mediaPath(file)));
}
