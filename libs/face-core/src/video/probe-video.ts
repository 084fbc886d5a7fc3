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
  const stream = /Stream #\S+.*?: Video: .*/.exec(stderr)?.[0];
  if (!stream) {
    const why = /Input #0/.test(stderr) ? 'it has no picture' : 'it is damaged or of another kind';
    throw new FaceCoreError(
      'video/not-a-video',
      `The file ${videoPath} is not a video that can be played: ${why}.`,
    );
  }
  return { framesPerSecond: framesPerSecondOf(stream), durationMs: durationMsOf(stderr) };
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
