import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../../domain/agent-error';
import type { Ffmpeg } from '../ffmpeg-tool';
import { FramePool } from '../frame-pool';
import { runInput } from '../run-input';
import { TRIAL_CLIPS, TRIAL_PICTURE, type VideoCodec } from './trial-clips';
import { decodingProgram, type HardwareDecoder } from './video-decoder';

/** A decoder that shows nothing of a clip of less than a second for this long does not work, ms. */
const TRIAL_MS = 8_000;
/** Of ten: some decoders keep the last ones. */
const PICTURES_MIN = 5;
/** How far a colour may be from what it should be, of 255: standards of colour differ by less. */
const COLOUR_TOLERANCE = 48;

/**
 * Lets a decoder decode a small clip and looks at what it shows: one that is listed need not work, and one that runs need
 * not show the right picture.
 *
 * @returns what is wrong with it, in words for people; null: it works. Never rejects.
 */
export async function tryDecoder(
  decoder: HardwareDecoder,
  codec: VideoCodec,
  ffmpeg: Ffmpeg,
): Promise<string | null> {
  let folder: string | null = null;
  try {
    folder = await mkdtemp(join(tmpdir(), 'munjigi-decoder-'));
    const path = join(folder, `trial-${codec}.mp4`);
    await writeFile(path, Buffer.from(TRIAL_CLIPS[codec], 'base64'));
    return await faultOf(decoder, { path, codec, ffmpeg });
  } catch (error) {
    return messageOf(error);
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function faultOf(
  decoder: HardwareDecoder,
  clip: { readonly path: string; readonly codec: VideoCodec; readonly ffmpeg: Ffmpeg },
): Promise<string | null> {
  const { size } = TRIAL_PICTURE;
  const opened = decodingProgram(
    { from: { path: clip.path }, video: { codec: clip.codec, size }, framesPerSecondMax: null, within: null },
    decoder,
    clip.ffmpeg,
  );
  let right = 0;
  const pool = new FramePool();
  const limit = AbortSignal.timeout(TRIAL_MS);
  await runInput(
    { ...opened, why: () => null },
    {
      ...{ name: 'A trial clip', pool, signal: limit, stallMs: { first: TRIAL_MS, next: TRIAL_MS } },
      onPicture: (data, width, height) => {
        if (width === size.width && height === size.height && isTrialPicture(data)) right += 1;
        pool.put(data);
      },
    },
  );
  if (limit.aborted) return `it did not decode a trial clip within ${TRIAL_MS / 1000} s`;
  return right >= PICTURES_MIN ? null : 'it shows another picture than there is';
}

/** @param data RGB, interleaved, of the trial picture's size */
function isTrialPicture(data: Uint8Array): boolean {
  const { size, left, right } = TRIAL_PICTURE;
  const middle = (size.height / 2) * size.width;
  const isColour = (at: number, colour: readonly number[]): boolean =>
    colour.every((value, channel) => Math.abs(data[at * 3 + channel]! - value) <= COLOUR_TOLERANCE);
  return isColour(middle + size.width / 4, left) && isColour(middle + (size.width * 3) / 4, right);
}
