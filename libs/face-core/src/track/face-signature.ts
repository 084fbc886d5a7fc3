import { faceToCrop } from '../align/similarity-transform';
import type { Landmarks } from '../detect/face';
import { FaceCoreError } from '../errors';
import type { Frame } from '../image/frame';
import type { Affine } from '../image/pixels';

/** The pattern of light and dark of one face: 24 x 24, rows from the top, in levels about the local mean. */
export type FaceSignature = Float32Array;

const SIDE = 24;
/**
 * The part of the aligned face that is looked at, in pixels of the 112 x 112 template: brows to chin, cheek to cheek.
 * Hair, collar and background would make two people in one place alike.
 */
const REGION = { left: 20, top: 28, width: 72, height: 80 };
/** Half the window whose mean is taken away, in cells: light that falls from one side is no part of a face. */
const LOCAL_MEAN_RADIUS = 3;
/** Frame pixels from one averaged point to the next, at most, and points along a cell, at most. */
const POINT_SPACING_MAX_PX = 2;
const POINTS_MAX = 3;

/**
 * Describes how a face looks at this moment, to be compared with the same face a moment later by {@link likeness}.
 *
 * It is no template: it identifies nobody across poses or days. Takes 0.05 to 0.12 ms.
 *
 * @param frame a valid frame; not modified
 * @param landmarks five points in frame pixels
 * @returns nothing where the landmarks cannot be aligned
 */
export function faceSignature(frame: Frame, landmarks: Landmarks): FaceSignature | undefined {
  try {
    return withoutLocalMean(sampleCells(frame, faceToCrop(landmarks)));
  } catch (error) {
    if (error instanceof FaceCoreError && error.code === 'landmarks/degenerate') return undefined;
    throw error;
  }
}

/** Mean luma of each cell of the region; outside the frame its nearest pixel counts. */
function sampleCells(frame: Frame, map: Affine): Float32Array {
  const cells = new Float32Array(SIDE * SIDE);
  const cellPx = (REGION.height / SIDE) * Math.hypot(map.xu, map.yu);
  const points = Math.min(POINTS_MAX, Math.max(1, Math.ceil(cellPx / POINT_SPACING_MAX_PX)));
  const count = SIDE * points;
  for (let row = 0; row < count; row += 1) {
    const v = REGION.top + ((row + 0.5) * REGION.height) / count;
    const start = Math.floor(row / points) * SIDE;
    for (let column = 0; column < count; column += 1) {
      const u = REGION.left + ((column + 0.5) * REGION.width) / count;
      const x = map.xu * u + map.xv * v + map.x0;
      const y = map.yu * u + map.yv * v + map.y0;
      const cell = start + Math.floor(column / points);
      cells[cell] = (cells[cell] as number) + lumaAt(frame, x, y);
    }
  }
  return cells.map((sum) => sum / (points * points));
}

function lumaAt({ data, width, height }: Frame, x: number, y: number): number {
  const clampedX = Math.min(Math.max(x, 0), width - 1);
  const clampedY = Math.min(Math.max(y, 0), height - 1);
  const left = Math.floor(clampedX);
  const top = Math.floor(clampedY);
  const fx = clampedX - left;
  const fy = clampedY - top;
  const i = (top * width + left) * 3;
  const j = left + 1 < width ? i + 3 : i;
  const below = top + 1 < height ? 3 * width : 0;
  const upper = (1 - fx) * luma(data, i) + fx * luma(data, j);
  const lower = (1 - fx) * luma(data, i + below) + fx * luma(data, j + below);
  return (1 - fy) * upper + fy * lower;
}

function luma(data: Uint8Array, at: number): number {
  return ((data[at] as number) + 2 * (data[at + 1] as number) + (data[at + 2] as number)) / 4;
}

function withoutLocalMean(cells: Float32Array): Float32Array {
  const means = alongRows(transposed(alongRows(cells)));
  const upright = transposed(means);
  return cells.map((value, index) => value - (upright[index] as number));
}

/** The mean over the window along each row; the edge is repeated beyond itself. */
function alongRows(cells: Float32Array): Float32Array {
  return cells.map((_, index) => {
    const column = index % SIDE;
    const start = index - column;
    let sum = 0;
    for (let at = column - LOCAL_MEAN_RADIUS; at <= column + LOCAL_MEAN_RADIUS; at += 1) {
      sum += cells[start + Math.min(SIDE - 1, Math.max(0, at))] as number;
    }
    return sum / (2 * LOCAL_MEAN_RADIUS + 1);
  });
}

function transposed(cells: Float32Array): Float32Array {
  return cells.map((_, index) => cells[(index % SIDE) * SIDE + Math.floor(index / SIDE)] as number);
}

/** Contrast below which a face is blank, in levels: what is left is noise. */
const CONTRAST_MIN = 0.5;

/**
 * How alike a face is at two moments, -1 to 1: the best normalised cross-correlation over shifts by a cell, since
 * landmarks jitter by that much. A blank face is like nothing (0).
 */
export function likeness(a: FaceSignature, b: FaceSignature): number {
  let best = -1;
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) best = Math.max(best, correlation(a, b, dy * SIDE + dx));
  }
  return best;
}

/** Of the cells of `a` that are not on its edge with those of `b` that lie `shift` further. */
function correlation(a: FaceSignature, b: FaceSignature, shift: number): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let row = 1; row < SIDE - 1; row += 1) {
    for (let index = row * SIDE + 1; index < (row + 1) * SIDE - 1; index += 1) {
      const va = a[index] as number;
      const vb = b[index + shift] as number;
      sumA += va;
      sumB += vb;
      sumAA += va * va;
      sumBB += vb * vb;
      sumAB += va * vb;
    }
  }
  const count = (SIDE - 2) ** 2;
  const varianceA = sumAA / count - (sumA / count) ** 2;
  const varianceB = sumBB / count - (sumB / count) ** 2;
  if (Math.min(varianceA, varianceB) < CONTRAST_MIN ** 2) return 0;
  return (sumAB / count - (sumA / count) * (sumB / count)) / Math.sqrt(varianceA * varianceB);
}
