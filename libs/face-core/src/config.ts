import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import type { FfmpegPlaces } from './video/find-ffmpeg';

/** Where models lie unless a caller says otherwise: `MUNJIGI_MODELS`, else `munjigi/models` in the user's cache folder. */
export function defaultModelsDirectory(): string {
  const { MUNJIGI_MODELS, XDG_CACHE_HOME } = process.env;
  if (MUNJIGI_MODELS) return resolve(MUNJIGI_MODELS);
  return join(XDG_CACHE_HOME ? resolve(XDG_CACHE_HOME) : join(homedir(), '.cache'), 'munjigi', 'models');
}

/** Where demonstration media lie unless a caller says otherwise: `media` beside the models folder. */
export function defaultMediaDirectory(): string {
  return join(dirname(defaultModelsDirectory()), 'media');
}

/** Where ffmpeg is looked for unless a caller says otherwise: `FFMPEG_PATH`, else `PATH`. */
export function ffmpegPlaces(): FfmpegPlaces {
  const { FFMPEG_PATH, PATH = '' } = process.env;
  return { configuredPath: FFMPEG_PATH || null, searchPath: PATH };
}

/** Sets what native libraries read from the environment of the process. Of use on the main thread alone. */
export function setNativeEnvironment(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
}
