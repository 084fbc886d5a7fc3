import { PpmStream, startFfmpeg, type VideoFacts } from '@munjigi/face-core';
import { AgentError, messageOf } from '../../domain/agent-error';
import type { FramePool } from './frame-pool';

/** One playing of a video, from its beginning. */
export interface Playing {
  readonly ffmpegPath: string;
  readonly videoPath: string;
  readonly facts: VideoFacts;
  readonly framesPerSecondMax: number;
  /** A video that gives no frame for this long has stalled. */
  readonly stallMs: number;
  readonly pool: FramePool;
  /** Gets each picture in a buffer of the pool. */
  readonly onPicture: (data: Uint8Array, width: number, height: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Plays a video once, at its own pace.
 *
 * @returns after its last picture, or when the signal aborted; ffmpeg is gone by then.
 * @throws {AgentError} `camera/broken` when it stalled, broke off or gave no picture.
 */
export async function playVideo(playing: Playing): Promise<void> {
  const { ffmpegPath, videoPath, stallMs, pool, onPicture, signal } = playing;
  let pictures = 0;
  let broken: unknown = null;
  const ffmpeg = startFfmpeg(ffmpegPath, ffmpegArguments(playing));
  const fail = (error: unknown): void => {
    broken ??= error;
    ffmpeg.end();
  };
  const stall = setTimeout(() => fail(new Error('The video has stalled.')), stallMs);
  const stream = new PpmStream({
    buffer: (byteLength) => pool.take(byteLength),
    picture: (data, width, height) => {
      pictures += 1;
      stall.refresh();
      onPicture(data, width, height);
    },
  });
  ffmpeg.stdout.on('data', (chunk: Buffer) => {
    if (broken || signal.aborted) return;
    try {
      stream.push(chunk);
    } catch (error) {
      fail(error);
    }
  });
  signal.addEventListener('abort', ffmpeg.end);
  if (signal.aborted) ffmpeg.end();
  const { code, lastWords } = await ffmpeg.ended;
  signal.removeEventListener('abort', ffmpeg.end);
  clearTimeout(stall);
  const halfFilled = stream.abandon();
  if (halfFilled) pool.put(halfFilled);
  if (broken) throw new AgentError('camera/broken', messageOf(broken), { cause: broken });
  if (!signal.aborted && (code !== 0 || pictures === 0)) {
    throw new AgentError('camera/broken', `The video ${videoPath} cannot be played: ${lastLine(lastWords)}`);
  }
}

function ffmpegArguments({ facts, videoPath, framesPerSecondMax }: Playing): string[] {
  const isFaster = facts.framesPerSecond === null || facts.framesPerSecond > framesPerSecondMax;
  const filters = [
    // Frames that nobody will look at need not be scaled, converted and copied.
    ...(isFaster ? [`fps=${framesPerSecondMax}`] : []),
    // Pixels of a video need not be square; those of a face must be.
    'scale=w=max(1\\,round(iw*sar)):h=ih',
    'setsar=1',
  ];
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'error', '-re', '-i', videoPath],
    ...['-map', '0:v:0', '-an', '-sn', '-dn', '-vf', filters.join(','), '-threads', '1'],
    ...['-pix_fmt', 'rgb24', '-c:v', 'ppm', '-f', 'image2pipe', 'pipe:1'],
  ];
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() || 'it gives no picture.';
}
