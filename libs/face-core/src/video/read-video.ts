import { FaceCoreError } from '../errors';
import type { Frame } from '../image/frame';
import { startFfmpeg, type FfmpegProcess } from './ffmpeg-process';
import { PpmStream } from './ppm-stream';
import type { VideoFacts } from './probe-video';
import { ShownTimes } from './shown-times';

/** A frame of a recording. */
export interface TimedFrame {
  /** RGB, upright, square pixels. Valid until the next frame is asked for. */
  readonly frame: Frame;
  /** When it is shown, from the recording's beginning; strictly ascending. */
  readonly atMs: number;
}

/** Which recording is read, and how. */
export interface ReadVideoOptions {
  readonly ffmpegPath: string;
  readonly videoPath: string;
  readonly facts: Pick<VideoFacts, 'framesPerSecond'>;
  /** Of a faster recording so many frames a second are taken. */
  readonly framesPerSecondMax: number;
}

/** Older ffmpegs know the second, newer ones the first: frames keep their own time, none is repeated or left out. */
const KEEP_TIMES = ['-fps_mode', '-vsync'] as const;
const UNKNOWN_INTERVAL_MS = 40;
const NO_PICTURE = 'it gives no picture.';

/**
 * Reads a recording as fast as its frames are taken, each with its own time, as a camera of at most so many frames a
 * second would have shown it. ffmpeg waits while nobody asks, and ends with the reading.
 *
 * @throws {FaceCoreError} `video/broken` when it gives no picture or breaks off
 */
export async function* readVideo(options: ReadVideoOptions): AsyncGenerator<TimedFrame> {
  for (const [at, keepTimes] of KEEP_TIMES.entries()) {
    const times = new ShownTimes();
    const ffmpeg = startFfmpeg(options.ffmpegPath, ffmpegArguments(options, keepTimes), (text) =>
      times.push(text),
    );
    void ffmpeg.ended.then(() => times.end());
    try {
      let frames = 0;
      for await (const timed of timedFrames(ffmpeg, times)) {
        frames += 1;
        yield timed;
      }
      const { code, lastWords } = await ffmpeg.ended;
      const isOlder = frames === 0 && lastWords.includes(`Unrecognized option '${keepTimes.slice(1)}'`);
      if (isOlder && at < KEEP_TIMES.length - 1) continue;
      if (code !== 0) throw broken(options.videoPath, lastLine(lastWords));
      if (frames === 0) throw broken(options.videoPath, NO_PICTURE);
      return;
    } catch (error) {
      if (error instanceof FaceCoreError) throw error;
      throw broken(options.videoPath, String(error), error);
    } finally {
      ffmpeg.end();
      await ffmpeg.ended;
    }
  }
}

async function* timedFrames(ffmpeg: FfmpegProcess, times: ShownTimes): AsyncGenerator<TimedFrame> {
  const idle: Uint8Array[] = [];
  let waiting: Frame[] = [];
  const stream = new PpmStream({
    buffer: (byteLength) => {
      const buffer = idle.pop();
      return buffer?.byteLength === byteLength ? buffer : new Uint8Array(byteLength);
    },
    picture: (data, width, height) => waiting.push({ data, width, height }),
  });
  let [count, lastMs] = [0, -UNKNOWN_INTERVAL_MS];
  for await (const chunk of ffmpeg.stdout) {
    stream.push(chunk as Buffer);
    const whole = waiting;
    waiting = [];
    for (const frame of whole) {
      const atMs = (await times.at(count)) ?? lastMs + UNKNOWN_INTERVAL_MS;
      count += 1;
      // A damaged recording may go back in time; whoever follows faces would forget them all.
      lastMs = Math.max(atMs, lastMs + 1);
      yield { frame, atMs: lastMs };
      idle.push(frame.data);
    }
  }
}

function ffmpegArguments(options: ReadVideoOptions, keepTimes: string): string[] {
  const { videoPath, facts, framesPerSecondMax } = options;
  const isFaster = facts.framesPerSecond === null || facts.framesPerSecond > framesPerSecondMax;
  const filters = [
    ...(isFaster ? [`fps=${framesPerSecondMax}`] : []),
    'showinfo',
    // Pixels of a video need not be square; those of a face must be.
    'scale=w=max(1\\,round(iw*sar)):h=ih',
    'setsar=1',
  ];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info', '-i', videoPath],
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters.join(','), keepTimes, 'passthrough'],
    ...['-threads', '1', '-pix_fmt', 'rgb24', '-c:v', 'ppm', '-f', 'image2pipe', 'pipe:1'],
  ];
}

function broken(videoPath: string, why: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError('video/broken', `The video ${videoPath} cannot be read to its end: ${why}`, {
    cause,
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() || NO_PICTURE;
}
