import sharp, { type Metadata, type Sharp } from 'sharp';

import { FaceCoreError } from '../errors';
import type { Frame } from './frame';

/** Bounds of what {@link decodeImage} takes and gives. */
export interface DecodeLimits {
  /** Largest picture that is decoded at all, in pixels. Default 64,000,000. */
  pixelsMax?: number;
  /** Largest file, in bytes. Default 20 MiB. */
  bytesMax?: number;
  /** A picture with a longer side is scaled down to it, in pixels. Default 3840, the largest that is detected on. */
  sideMaxPx?: number;
}

const PIXELS_MAX = 64_000_000;
const BYTES_MAX = 20 * 1024 * 1024;
const SIDE_MAX_PX = 3840;

/**
 * Decodes a JPEG, PNG or WebP into an upright RGB frame.
 *
 * The type is told by content, never by name. The size is read from the header and refused before a pixel is
 * decoded. EXIF orientation is applied; grey, CMYK and 16-bit pictures become 8-bit sRGB; transparency is laid on
 * white; of an animation the first picture counts.
 *
 * @throws {FaceCoreError} `image/unsupported-type`, `image/too-large` (bytes or pixels), `image/unreadable` (empty,
 *   truncated or corrupt)
 */
export async function decodeImage(bytes: Uint8Array, limits: DecodeLimits = {}): Promise<Frame> {
  const { pixelsMax = PIXELS_MAX, bytesMax = BYTES_MAX, sideMaxPx = SIDE_MAX_PX } = limits;
  if (bytes.length === 0) throw new FaceCoreError('image/unreadable', 'The picture is empty (0 bytes).');
  if (bytes.length > bytesMax) {
    throw new FaceCoreError(
      'image/too-large',
      `The picture has ${bytes.length} bytes; at most ${bytesMax} are taken.`,
    );
  }
  if (!isSupported(bytes)) {
    throw new FaceCoreError(
      'image/unsupported-type',
      'The file is no JPEG, PNG or WebP picture, whatever its name says.',
    );
  }
  const image = sharp(bytes, { limitInputPixels: pixelsMax, failOn: 'error' });
  await assertPixels(image, pixelsMax);
  try {
    const { data, info } = await image
      .autoOrient()
      .resize({ width: sideMaxPx, height: sideMaxPx, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return {
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      width: info.width,
      height: info.height,
    };
  } catch (cause) {
    throw unreadable(cause);
  }
}

async function assertPixels(image: Sharp, pixelsMax: number): Promise<void> {
  let header: Metadata;
  try {
    header = await image.metadata();
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes('exceeds pixel limit')) {
      throw tooManyPixels(pixelsMax, cause);
    }
    throw unreadable(cause);
  }
  if (header.width * header.height > pixelsMax) throw tooManyPixels(pixelsMax);
}

function tooManyPixels(pixelsMax: number, cause?: unknown): FaceCoreError {
  return new FaceCoreError('image/too-large', `The picture has more than ${pixelsMax} pixels.`, { cause });
}

function unreadable(cause: unknown): FaceCoreError {
  return new FaceCoreError(
    'image/unreadable',
    'The picture is corrupt or incomplete and cannot be decoded.',
    {
      cause,
    },
  );
}

function isSupported(bytes: Uint8Array): boolean {
  return (
    startsWith(bytes, [0xff, 0xd8, 0xff]) ||
    startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) ||
    (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]))
  );
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}
