import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FrameFile } from '../contenders/protocol';
import { REPOSITORY } from '../../system/paths';

/** Frames taken are so many apart unless asked otherwise: a benchmark on neighbours would see one picture. */
const STEP = 16;

/**
 * Takes frames of videos, scaled and cut to a size without distortion, alternating between the videos.
 *
 * @param folder receives the file
 * @throws with ffmpeg's words when a video cannot be read
 */
export async function extractFrames(
  videos: readonly string[],
  size: { width: number; height: number },
  count: number,
  folder: string,
  step: number = STEP,
): Promise<FrameFile> {
  const { width, height } = size;
  const path = join(folder, `frames-${width}x${height}-${step}.rgb`);
  const each = Math.ceil(count / videos.length);
  const scaled = videos.map(
    (_, index) =>
      `[${index}:v]select='not(mod(n\\,${step}))',trim=end_frame=${each},setpts=N/TB,` +
      `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height},setsar=1[v${index}]`,
  );
  const inputs = videos.map((_, index) => `[v${index}]`).join('');
  const joined = `${inputs}${videos.length > 1 ? `interleave=n=${videos.length}` : 'null'}`;
  await ffmpeg([
    ...videos.flatMap((video) => ['-i', video]),
    ...['-filter_complex', `${scaled.join(';')};${joined}`, '-vsync', 'passthrough'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-y', path],
  ]);
  const taken = Math.floor(statSync(path).size / (width * height * 3));
  if (taken === 0) throw new Error(`No frame could be taken of ${videos.join(', ')}.`);
  return { path, width, height, count: taken };
}

/**
 * Takes neighbouring frames of several videos, each scaled and cut to an equal part of one picture, side by side.
 *
 * @throws as {@link extractFrames}
 */
export async function extractSideBySide(
  videos: readonly string[],
  size: { width: number; height: number },
  count: number,
  folder: string,
): Promise<FrameFile> {
  const { width, height } = size;
  const path = join(folder, `side-by-side-${width}x${height}.rgb`);
  const part = 2 * Math.ceil(width / videos.length / 2);
  const scaled = videos.map(
    (_, index) =>
      `[${index}:v]trim=end_frame=${count},setpts=N/TB,` +
      `scale=${part}:${height}:force_original_aspect_ratio=increase,crop=${part}:${height},setsar=1[v${index}]`,
  );
  const inputs = videos.map((_, index) => `[v${index}]`).join('');
  const joined = videos.length > 1 ? `hstack=inputs=${videos.length},` : '';
  await ffmpeg([
    ...videos.flatMap((video) => ['-i', video]),
    ...['-filter_complex', `${scaled.join(';')};${inputs}${joined}crop=${width}:${height}`],
    ...[
      '-frames:v',
      String(count),
      '-vsync',
      'passthrough',
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-y',
      path,
    ],
  ]);
  const taken = Math.floor(statSync(path).size / (width * height * 3));
  if (taken === 0) throw new Error(`No frame could be taken of ${videos.join(', ')}.`);
  return { path, width, height, count: taken };
}

async function ffmpeg(args: readonly string[]): Promise<void> {
  const run = (program: string) => promisify(execFile)(program, ['-v', 'error', '-nostdin', ...args]);
  try {
    await run(process.env.FFMPEG_PATH ?? 'ffmpeg');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const { path } = createRequire(join(REPOSITORY, 'apps/edge-agent/package.json'))(
      '@ffmpeg-installer/ffmpeg',
    ) as { path: string };
    await run(path);
  }
}
