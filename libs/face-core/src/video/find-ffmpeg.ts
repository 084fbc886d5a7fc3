import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { FaceCoreError } from '../errors';

/** Where to look for ffmpeg. */
export interface FfmpegPlaces {
  /** A path that was configured; if set, no other is taken. */
  readonly configuredPath: string | null;
  /** The search path of programs, as in `PATH`. */
  readonly searchPath: string;
}

/**
 * Finds ffmpeg: the configured one, else the first on the search path, else the one that came as an optional package.
 *
 * @throws {FaceCoreError} `video/no-ffmpeg`
 */
export async function findFfmpeg(places: FfmpegPlaces): Promise<string> {
  if (places.configuredPath) {
    if (await isExecutable(places.configuredPath)) return places.configuredPath;
    throw new FaceCoreError(
      'video/no-ffmpeg',
      `FFMPEG_PATH names ${places.configuredPath}, which is no program that can be run.`,
    );
  }
  for (const directory of places.searchPath.split(delimiter).filter(Boolean)) {
    const path = join(directory, 'ffmpeg');
    if (await isExecutable(path)) return path;
  }
  const packaged = await packagedPath();
  if (packaged && (await isExecutable(packaged))) return packaged;
  throw new FaceCoreError(
    'video/no-ffmpeg',
    'No ffmpeg was found. Install ffmpeg, or set FFMPEG_PATH to it.',
  );
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function packagedPath(): Promise<string | null> {
  try {
    const installer = (await import('@ffmpeg-installer/ffmpeg')) as {
      path?: string;
      default?: { path?: string };
    };
    return installer.path ?? installer.default?.path ?? null;
  } catch {
    // It has no build for this platform, or was left out of the installation.
    return null;
  }
}
