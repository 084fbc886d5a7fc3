import { ALIGNED_PX } from '../align/similarity-transform';
import { FaceCoreError } from '../errors';

const CROP_BYTES = ALIGNED_PX * ALIGNED_PX * 3;

/** One value for each pixel of an aligned face, rows from the top, 112 x 112. */
export type AlignedPlane = Float32Array;

/** A rectangle of whole pixels of an aligned face; the right and bottom ones are not part of it. */
export interface Zone {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Brightness of each pixel of an aligned face, 0 to 255 (ITU-R BT.601 weights).
 *
 * @param crop RGB HWC uint8, 112 x 112 x 3, as `align` gives it; not modified
 * @throws {FaceCoreError} `crop/invalid` when it has another length
 */
export function lumaOf(crop: Uint8Array): AlignedPlane {
  if (crop.length !== CROP_BYTES) {
    throw new FaceCoreError(
      'crop/invalid',
      `An aligned face has ${CROP_BYTES} bytes (${ALIGNED_PX} x ${ALIGNED_PX} RGB), not ${crop.length}.`,
    );
  }
  const luma = new Float32Array(ALIGNED_PX * ALIGNED_PX);
  for (let at = 0, from = 0; at < luma.length; at += 1, from += 3) {
    luma[at] =
      0.299 * (crop[from] as number) +
      0.587 * (crop[from + 1] as number) +
      0.114 * (crop[from + 2] as number);
  }
  return luma;
}

/** A plane smoothed by 1 2 1 along both sides, which takes a sensor's noise off; the border stays as it is. */
export function smoothed(plane: AlignedPlane): AlignedPlane {
  const result = Float32Array.from(plane);
  const at = (index: number) => plane[index] as number;
  for (let y = 1; y < ALIGNED_PX - 1; y += 1) {
    for (let x = 1; x < ALIGNED_PX - 1; x += 1) {
      const i = y * ALIGNED_PX + x;
      const above = at(i - ALIGNED_PX - 1) + 2 * at(i - ALIGNED_PX) + at(i - ALIGNED_PX + 1);
      const here = at(i - 1) + 2 * at(i) + at(i + 1);
      const below = at(i + ALIGNED_PX - 1) + 2 * at(i + ALIGNED_PX) + at(i + ALIGNED_PX + 1);
      result[i] = (above + 2 * here + below) / 16;
    }
  }
  return result;
}

/** Indices of the pixels that are face on nearly every aligned crop: an ellipse from the brows to the chin. */
export const FACE_PIXELS: Int32Array = ellipse({ x: 56, y: 72 }, { x: 32, y: 38 });

/** The part of {@link FACE_PIXELS} left of the nose, as seen in the picture. */
export const FACE_LEFT: Int32Array = FACE_PIXELS.filter((index) => index % ALIGNED_PX < 56);

/** The part of {@link FACE_PIXELS} right of the nose, as seen in the picture. */
export const FACE_RIGHT: Int32Array = FACE_PIXELS.filter((index) => index % ALIGNED_PX > 56);

function ellipse(centre: { x: number; y: number }, radius: { x: number; y: number }): Int32Array {
  const inside: number[] = [];
  // Two pixels from the border, so that a neighbour two pixels away is always there.
  for (let y = 2; y < ALIGNED_PX - 2; y += 1) {
    for (let x = 2; x < ALIGNED_PX - 2; x += 1) {
      const distance = ((x - centre.x) / radius.x) ** 2 + ((y - centre.y) / radius.y) ** 2;
      if (distance <= 1) inside.push(y * ALIGNED_PX + x);
    }
  }
  return Int32Array.from(inside);
}

/** Mean of some pixels. */
export function meanOf(plane: AlignedPlane, pixels: Int32Array): number {
  let sum = 0;
  for (const index of pixels) sum += plane[index] as number;
  return sum / pixels.length;
}

/** Standard deviation of the pixels of a zone. */
export function spreadOf(plane: AlignedPlane, { left, top, right, bottom }: Zone): number {
  let sum = 0;
  let squares = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const value = plane[y * ALIGNED_PX + x] as number;
      sum += value;
      squares += value * value;
    }
  }
  const count = (right - left) * (bottom - top);
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** A value brought into 0 to 1: `low` becomes 0, `high` 1. `high` may be the smaller. */
export function graded(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}
