import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

import type { Frame } from '../image/frame';
import { plainFrame } from './frames';
import { mediaPath, photo } from './media';
import { paste } from './scene';

const sceneSchema = z.object({
  width: z.int(),
  height: z.int(),
  pasted: z.array(z.object({ file: z.string(), left: z.int(), top: z.int() })).min(1),
});

const sourceSchema = z.union([
  z.object({ photo: z.string() }),
  z.object({ video: z.string(), frame: z.int() }),
  z.object({ scene: sceneSchema }),
]);

const faceSchema = z.object({
  /** Left, top, right, bottom, in pixels. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** 0 to 1. */
  score: z.number(),
  /** x, y of each of five points, in pixels. */
  landmarks: z.array(z.number()).length(10),
});

const pictureSchema = z.object({
  source: sourceSchema,
  width: z.int(),
  height: z.int(),
  faces: z.array(faceSchema),
});

/** A face as the reference implementation found it. */
export type ReferenceFace = z.infer<typeof faceSchema>;

/** A picture, and the faces that the reference implementation found in it. */
export type ReferencePicture = z.infer<typeof pictureSchema>;

/** Where a picture comes from: a photograph, the luminance of a video's frame, or photographs pasted onto grey. */
export type ReferenceSource = z.infer<typeof sourceSchema>;

/** What the reference implementation found; `record-reference-faces.py` says how that was recorded. */
export function referencePictures(): ReferencePicture[] {
  const text = readFileSync(join(__dirname, 'golden', 'reference-faces.json'), 'utf8');
  return z.object({ pictures: z.array(pictureSchema) }).parse(JSON.parse(text)).pictures;
}

/** A short name for a test and its messages, unique among the recorded pictures. */
export function nameOf(source: ReferenceSource): string {
  if ('photo' in source) return source.photo;
  if ('video' in source) return `${source.video} at ${source.frame}`;
  const { width, height, pasted } = source.scene;
  return `${width} x ${height} with ${pasted.map(({ file }) => file).join(', ')}`;
}

/**
 * The pixels that the reference implementation saw.
 *
 * No colour is converted and nothing scaled on the way, so that they are the same whatever decodes them.
 *
 * @throws when ffmpeg is missing and the source is a video
 */
export async function pixelsOf({ source, width, height }: ReferencePicture): Promise<Frame> {
  if ('photo' in source) return photo(source.photo);
  if ('video' in source) return greyFrame(source, width, height);
  const scene = plainFrame(width, height);
  for (const { file, left, top } of source.scene.pasted) paste(scene, await photo(file), { left, top });
  return scene;
}

/** Only the luminance, since every version of ffmpeg makes its own colours of it. */
async function greyFrame(
  { video, frame }: { video: string; frame: number },
  width: number,
  height: number,
): Promise<Frame> {
  const { stdout } = await promisify(execFile)(
    ffmpegPath(),
    [
      ...['-v', 'error', '-nostdin', '-i', mediaPath(video), '-vf', `select=eq(n\\,${frame})`],
      ...['-frames:v', '1', '-pix_fmt', 'yuv420p', '-f', 'rawvideo', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 2 ** 26 },
  );
  // The luminance comes first, then the colours at half its size both ways.
  const grey = (at: number) => stdout[Math.floor(at / 3)] ?? NaN;
  return { data: Uint8Array.from({ length: 3 * width * height }, (_, at) => grey(at)), width, height };
}

function ffmpegPath(): string {
  if (process.env.FFMPEG_PATH) return process.env.FFMPEG_PATH;
  try {
    return (createRequire(__filename)('@ffmpeg-installer/ffmpeg') as { path: string }).path;
  } catch {
    // It has no build for this platform, or was left out of the installation.
    return 'ffmpeg';
  }
}
