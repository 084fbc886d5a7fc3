import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a made video looks like. */
export interface VideoRecipe {
  readonly ffmpegPath: string;
  readonly path: string;
  readonly size?: string;
  readonly framesPerSecond?: number;
  readonly seconds?: number;
  /** Width to height of one pixel, such as `2/1`. */
  readonly pixelAspect?: string;
  /** As ffmpeg calls the encoder. Default mpeg4. */
  readonly encoder?: string;
}

/** Makes a small video of a moving test picture. */
export async function makeVideo(recipe: VideoRecipe): Promise<void> {
  const { ffmpegPath, path, size = '64x48', framesPerSecond = 25, seconds = 1, pixelAspect = '1/1' } = recipe;
  const { encoder = 'mpeg4' } = recipe;
  const source = `testsrc=size=${size}:rate=${framesPerSecond}:duration=${seconds}`;
  const args = [
    '-y',
    '-f',
    'lavfi',
    '-i',
    source,
    '-vf',
    `setsar=${pixelAspect}`,
    '-c:v',
    encoder,
    ...(encoder === 'mpeg4' ? ['-q:v', '4'] : ['-pix_fmt', 'yuv420p']),
    path,
  ];
  await run(ffmpegPath, ['-hide_banner', '-loglevel', 'error', ...args]);
}

/** Makes a sound file with no picture in it. */
export async function makeSound(ffmpegPath: string, path: string): Promise<void> {
  const args = ['-y', '-f', 'lavfi', '-i', 'sine=duration=0.2', '-c:a', 'aac', '-strict', '-2', path];
  await run(ffmpegPath, ['-hide_banner', '-loglevel', 'error', ...args]);
}
