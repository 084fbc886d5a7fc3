import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

import type { Frame } from '../../image/frame';
import { mediaPath } from '../../testing/media';

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
  const ffmpeg = spawn(await ffmpegPath(), [...input, ...output], { stdio: ['ignore', 'pipe', 'inherit'] });
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

/** `FFMPEG_PATH`, else the one on the search path, else the one that came as a package. */
async function ffmpegPath(): Promise<string> {
  if (process.env.FFMPEG_PATH) return process.env.FFMPEG_PATH;
  try {
    await promisify(execFile)('ffmpeg', ['-version']);
    return 'ffmpeg';
  } catch {
    const installer = (await import('@ffmpeg-installer/ffmpeg')) as {
      path?: string;
      default?: { path: string };
    };
    const path = installer.path ?? installer.default?.path;
    if (!path) throw new Error('No ffmpeg was found. Install ffmpeg, or set FFMPEG_PATH to it.');
    return path;
  }
}
