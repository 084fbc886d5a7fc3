import type { Frame } from './frame';

/**
 * Where a pixel (u, v) of a crop lies in the frame: `x = xu * u + xv * v + x0`, `y = yu * u + yv * v + y0`. Pixel
 * centres are whole numbers on both sides.
 */
export interface Affine {
  readonly xu: number;
  readonly xv: number;
  readonly x0: number;
  readonly yu: number;
  readonly yv: number;
  readonly y0: number;
}

/**
 * Warps a part of the frame to `size` x `size` RGB, bilinearly; outside the frame is 0.
 *
 * @returns a new HWC uint8 crop
 */
export function sampleAffine(frame: Frame, affine: Affine, size: number): Uint8Array {
  const { data, width, height } = frame;
  const crop = new Uint8Array(size * size * 3);
  let at = 0;
  for (let v = 0; v < size; v += 1) {
    for (let u = 0; u < size; u += 1, at += 3) {
      const x = affine.xu * u + affine.xv * v + affine.x0;
      const y = affine.yu * u + affine.yv * v + affine.y0;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < -1 || top < -1 || left >= width || top >= height) continue;
      const right = left + 1;
      const bottom = top + 1;
      const fx = x - left;
      const fy = y - top;
      // A tap outside the frame has no weight; its index is moved inside only to be readable.
      const wl = left >= 0 ? 1 - fx : 0;
      const wr = right < width ? fx : 0;
      const wt = top >= 0 ? 1 - fy : 0;
      const wb = bottom < height ? fy : 0;
      const l = Math.max(left, 0);
      const r = Math.min(right, width - 1);
      const rowTop = Math.max(top, 0) * width;
      const rowBottom = Math.min(bottom, height - 1) * width;
      const i = (rowTop + l) * 3;
      const j = (rowTop + r) * 3;
      const k = (rowBottom + l) * 3;
      const m = (rowBottom + r) * 3;
      for (let c = 0; c < 3; c += 1) {
        crop[at + c] =
          wt * (wl * (data[i + c] as number) + wr * (data[j + c] as number)) +
          wb * (wl * (data[k + c] as number) + wr * (data[m + c] as number)) +
          0.5;
      }
    }
  }
  return crop;
}
