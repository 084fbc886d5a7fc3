import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { ffmpegPlaces } from '../config';
import { findFfmpeg } from '../video/find-ffmpeg';
import { mediaPath } from './media';

/** A made video's inputs and what is done with them. */
export interface VideoRecipe {
  readonly path: string;
  /** Arguments that name inputs, before the filter. */
  readonly inputs: readonly string[];
  /** A filter graph that ends in `[out]`. */
  readonly filter: string;
  /** Default: the one that the library finds. */
  readonly ffmpegPath?: string;
  /** Further arguments of the output. */
  readonly output?: readonly string[];
}

/** Makes a video. @throws with ffmpeg's words */
export async function makeVideo(recipe: VideoRecipe): Promise<string> {
  const { path, inputs, filter, output = [] } = recipe;
  const ffmpegPath = recipe.ffmpegPath ?? (await findFfmpeg(ffmpegPlaces()));
  const graph = ['-filter_complex', filter, '-map', '[out]', '-c:v', 'mpeg4', '-q:v', '2'];
  await promisify(execFile)(ffmpegPath, ['-v', 'error', '-y', ...inputs, ...graph, ...output, path]);
  return path;
}

/** A part of a fetched video. */
export interface Clip {
  readonly file: string;
  readonly startS: number;
  readonly seconds: number;
}

/** Makes a video of parts of fetched videos, one after the other; null stands for a second of an empty room. */
export async function makeSequence(path: string, clips: readonly (Clip | null)[]): Promise<string> {
  const inputs = clips.flatMap((clip) =>
    clip
      ? ['-ss', `${clip.startS}`, '-t', `${clip.seconds}`, '-i', mediaPath(clip.file)]
      : ['-f', 'lavfi', '-t', '1', '-i', 'color=c=gray:s=400x300:r=25'],
  );
  const scaled = clips.map((_, at) => `[${at}:v]fps=25,scale=400:300,setsar=1,format=yuv420p[v${at}];`);
  const joined = `${clips.map((_, at) => `[v${at}]`).join('')}concat=n=${clips.length}:v=1:a=0[out]`;
  return makeVideo({ path, inputs, filter: scaled.join('') + joined });
}
