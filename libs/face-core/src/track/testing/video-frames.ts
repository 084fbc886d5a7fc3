import { spawn } from 'node:child_process';

import { ffmpegPlaces } from '../../config';
import type { Frame } from '../../image/frame';
import { mediaPath } from '../../testing/media';
import { findFfmpeg } from '../../video/find-ffmpeg';

/** A part of a fetched video. */
export interface VideoPart {
  readonly file: string;
  readonly startS: number;
  readonly frames: number;
  /** Frames a second to take, repeated or left out as needed. Default 25. */
  readonly framesPerSecond?: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a part of a video, scaled to a size.
 *
 * @throws {Error} when there is no ffmpeg, or the video is shorter
 */
export async function videoFrames(part: VideoPart): Promise<Frame[]> {
  const { file, startS, frames, framesPerSecond = 25, width, height } = part;
  const filter = `fps=${framesPerSecond},scale=${width}:${height}`;
  const input = ['-v', 'error', '-ss', String(startS), '-i', mediaPath(file)];
  const output = ['-vf', filter, '-frames:v', String(frames), '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const ffmpeg = spawn(await findFfmpeg(ffmpegPlaces()), [...input, ...output], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  for await (const chunk of ffmpeg.stdout) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const size = width * height * 3;
  if (bytes.length !== frames * size)
    throw new Error(`${file} gave ${bytes.length / size} frames, not ${frames}.`);
  return Array.from({ length: frames }, (_, index) => ({
    data: new Uint8Array(bytes.subarray(index * size, (index + 1) * size)),
    width,
    height,
  }));
}
