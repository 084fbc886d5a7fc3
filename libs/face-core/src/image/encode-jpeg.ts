import sharp from 'sharp';

import type { Box } from '../detect/face';
import { FaceCoreError } from '../errors';
import { assertFrame, type Frame } from './frame';

/** What part of a frame becomes a JPEG, and how large. */
export interface EncodeOptions {
  /** 1 to 100. Default 80. */
  quality?: number;
  /** A wider picture is scaled down to it, in pixels. Default: as it is. */
  widthMax?: number;
  /** Part of the frame; what leaves the frame is cut off. Default: all. */
  crop?: Box;
}

/**
 * Encodes a frame, or a part of it, as a JPEG.
 *
 * @throws {FaceCoreError} `frame/invalid` when size and data disagree; `image/empty-crop` when the crop does not
 *   touch the frame
 */
export async function encodeJpeg(frame: Frame, options: EncodeOptions = {}): Promise<Uint8Array> {
  assertFrame(frame);
  const { width, height } = frame;
  let image = sharp(frame.data, { raw: { width, height, channels: 3 } });
  if (options.crop) image = image.extract(clip(options.crop, frame));
  if (options.widthMax) image = image.resize({ width: options.widthMax, withoutEnlargement: true });
  const jpeg = await image.jpeg({ quality: options.quality ?? 80 }).toBuffer();
  return new Uint8Array(jpeg.buffer, jpeg.byteOffset, jpeg.length);
}

function clip(crop: Box, frame: Frame): { left: number; top: number; width: number; height: number } {
  const left = Math.max(0, Math.floor(crop.x));
  const top = Math.max(0, Math.floor(crop.y));
  const right = Math.min(frame.width, Math.ceil(crop.x + crop.width));
  const bottom = Math.min(frame.height, Math.ceil(crop.y + crop.height));
  if (!(right > left && bottom > top)) {
    throw new FaceCoreError('image/empty-crop', 'The crop does not touch the frame.');
  }
  return { left, top, width: right - left, height: bottom - top };
}
