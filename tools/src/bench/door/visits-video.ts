import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Frames a second of the video. */
export const FRAMES_PER_SECOND = 15;
/** Somebody comes every so many frames; before that nobody can be made out. */
export const PERIOD_FRAMES = 30;
export const EMPTY_FRAMES = 12;

/**
 * Makes a video in which somebody comes into range every two seconds: 1280x720 of a real one, blurred beyond
 * recognition for the first frames of each period.
 *
 * @throws with what ffmpeg said
 */
export async function makeVisitsVideo(source: string, target: string, visits: number): Promise<void> {
  const sized = `fps=${FRAMES_PER_SECOND},scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720`;
  const filter =
    `[0:v]${sized},split[clear][other];[other]boxblur=60:3[blurred];` +
    `[clear][blurred]overlay=enable='lt(mod(n,${PERIOD_FRAMES}),${EMPTY_FRAMES})'[out]`;
  const seconds = String((visits * PERIOD_FRAMES) / FRAMES_PER_SECOND);
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p'];
  const args = [
    '-y',
    '-v',
    'error',
    '-stream_loop',
    '-1',
    '-i',
    source,
    '-filter_complex',
    filter,
    '-map',
    '[out]',
  ];
  const child = spawn(process.env.FFMPEG_PATH ?? 'ffmpeg', [...args, '-t', seconds, ...encode, target], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The video could not be made: ${said.trim()}`);
}
