import sharp from 'sharp';

import type { Frame } from '../image/frame';
import { photo } from './media';

/** A photograph in a scene: where its corner lies, and how many times its own size it is. */
export interface Pasted {
  readonly file: string;
  readonly left: number;
  readonly top: number;
  readonly factor: number;
}

/** Sides in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Portraits of 128 x 128 pixels, each of one upright face 46 to 80 pixels wide. */
export const PORTRAITS = [
  'portrait-female-01.jpg',
  'portrait-male-06.jpg',
  'portrait-female-27.jpg',
  'portrait-male-11.jpg',
  'portrait-female-05.jpg',
  'portrait-male-16.jpg',
  'portrait-female-07.jpg',
  'portrait-male-34.jpg',
  'portrait-female-24.jpg',
  'portrait-male-36.jpg',
  'portrait-female-29.jpg',
  'portrait-male-38.jpg',
] as const;

/** Photographs pasted onto a grey frame, each scaled by its factor. */
export async function scene(size: Size, pasted: readonly Pasted[]): Promise<Frame> {
  const layers = await Promise.all(
    pasted.map(async ({ file, left, top, factor }) => {
      const { data, width, height } = await photo(file);
      const scaled = sharp(data, { raw: { width, height, channels: 3 } }).resize(Math.round(width * factor));
      return { input: await scaled.png().toBuffer(), left, top };
    }),
  );
  const { width, height } = size;
  const data = await sharp({ create: { width, height, channels: 3, background: '#808080' } })
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer();
  return { data, width, height };
}

/** So many portraits side by side, as large as there is room for, each of another size. */
export function crowd(size: Size, people: number): Promise<Frame> {
  const columns = Math.ceil(Math.sqrt((people * size.width) / size.height));
  const cell = Math.floor(Math.min(size.width / columns, size.height / Math.ceil(people / columns)));
  return scene(
    size,
    Array.from({ length: people }, (_, index) => ({
      file: PORTRAITS[index % PORTRAITS.length] as string,
      left: (index % columns) * cell,
      top: Math.floor(index / columns) * cell,
      factor: (cell / 128) * (1 - 0.07 * (index % 4)),
    })),
  );
}

/** The part of a picture that a rectangle covers, scaled by a factor. */
export async function cut(
  frame: Frame,
  area: Size & { left: number; top: number },
  factor = 1,
): Promise<Frame> {
  const { data, info } = await sharp(frame.data, {
    raw: { width: frame.width, height: frame.height, channels: 3 },
  })
    .extract(area)
    .resize(Math.round(area.width * factor))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Copies a picture into a frame, which must have room for it there. Changes the frame. */
export function paste(onto: Frame, { data, width, height }: Frame, at: { left: number; top: number }): void {
  for (let row = 0; row < height; row += 1) {
    const start = ((at.top + row) * onto.width + at.left) * 3;
    onto.data.set(data.subarray(row * width * 3, (row + 1) * width * 3), start);
  }
}
