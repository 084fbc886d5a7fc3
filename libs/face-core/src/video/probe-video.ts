import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

import { FaceCoreError } from '../errors';
import { runForStderr } from './ffmpeg-process';

/** What is known of a video before it is played. */
export interface VideoFacts {
  /** Frames a second, or null when the file does not say. */
  readonly framesPerSecond: number | null;
  /** How long it lasts, or null when the file does not say. */
  readonly durationMs: number | null;
  /** What its pictures are, or null when the file does not say. */
  readonly picture: PictureFacts | null;
}

/** What the pictures of a video are. */
export interface PictureFacts {
  /** As ffmpeg calls it. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** 8 bits and 4:2:0, upright, with square pixels: what any decoder shows right without being told more. */
  readonly isPlain: boolean;
}

/**
 * Makes sure that a file is a video that ffmpeg can read.
 *
 * @throws {FaceCoreError} `video/missing`, `video/unreadable`, `video/not-a-video`: each says in words
 *   for people what is wrong with which file.
 */
export async function probeVideo(
  ffmpegPath: string,
  videoPath: string,
  signal?: AbortSignal,
): Promise<VideoFacts> {
  await assertReadableFile(videoPath);
  const stderr = await runForStderr(ffmpegPath, ['-hide_banner', '-nostdin', '-i', videoPath], signal);
  const facts = videoFactsOf(stderr);
  if (!facts) {
    const why = /Input #0/.test(stderr) ? 'it has no picture' : 'it is damaged or of another kind';
    throw new FaceCoreError(
      'video/not-a-video',
      `The file ${videoPath} is not a video that can be played: ${why}.`,
    );
  }
  return facts;
}

/** What ffmpeg tells of the video of an input, by what it says of it on stderr; null: that there is none. */
export function videoFactsOf(said: string): VideoFacts | null {
  const stream = /Stream #\S+.*?: Video: .*/.exec(said)?.[0];
  if (stream === undefined) return null;
  return {
    framesPerSecond: framesPerSecondOf(stream),
    durationMs: durationMsOf(said),
    picture: pictureOf(stream, /displaymatrix|^\s*rotate\s*:/im.test(said)),
  };
}

function pictureOf(stream: string, isTurned: boolean): PictureFacts | null {
  const codec = /: Video: (\w+)/.exec(stream)?.[1];
  const size = /, (\d{2,5})x(\d{2,5})\b/.exec(stream);
  if (codec === undefined || !size) return null;
  const hasSquarePixels = /SAR (1:1|0:1)\b/.test(stream) || !stream.includes('SAR ');
  const isUsual = /, yuvj?420p\b/.test(stream);
  const isPlain = hasSquarePixels && isUsual && !isTurned;
  return { codec, width: Number(size[1]), height: Number(size[2]), isPlain };
}

/** The frame rate that ffmpeg tells of a stream, or null. */
export function framesPerSecondOf(streamLine: string): number | null {
  const rate = Number(/, ([\d.]+) fps/.exec(streamLine)?.[1] ?? /, ([\d.]+) tbr/.exec(streamLine)?.[1]);
  return Number.isFinite(rate) && rate > 0 ? rate : null;
}

/** The duration that ffmpeg tells of an input, or null. */
export function durationMsOf(said: string): number | null {
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(said) ?? [];
  return seconds === undefined
    ? null
    : (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
}

async function assertReadableFile(path: string): Promise<void> {
  try {
    const { size } = await stat(path).then((stats) => {
      if (stats.isDirectory())
        throw new FaceCoreError('video/not-a-video', `${path} is a folder, not a video.`);
      return stats;
    });
    await access(path, constants.R_OK);
    if (size === 0) throw new FaceCoreError('video/not-a-video', `The file ${path} is empty.`);
  } catch (error) {
    if (error instanceof FaceCoreError) throw error;
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    throw isMissing
      ? new FaceCoreError('video/missing', `There is no video at ${path}.`, { cause: error })
      : new FaceCoreError('video/unreadable', `The video ${path} cannot be read: permission denied.`, {
          cause: error,
        });
  }
}
