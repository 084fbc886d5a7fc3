import type { Frame } from './frame';

/** A square of the frame, by its edges: pixel (0, 0) spans 0 to 1. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/** Where a crop's planes go. */
export interface PlanesTarget {
  /** Receives `3 * sizePx * sizePx` values of 0 to 255, NCHW. */
  readonly values: Float32Array;
  readonly offset: number;
  /** Side of the crop. */
  readonly sizePx: number;
}

/** Shrunk further than this, points between four pixels miss most of what lies around them. */
const SHRINK_BILINEAR_MAX = 3;
/** Frame pixels from one averaged point to the next, at most. */
const POINT_SPACING_MAX_PX = 2.5;
/** Averaged points along one side of a crop's pixel, at most: the work for a face that fills a 4K frame is bounded. */
const POINTS_MAX = 8;

/**
 * Scales a square of the frame to planes of floats; outside the frame is 0.
 *
 * Bilinear where the square shrinks by up to 3, else the mean of points spread over each pixel: a large face shrunk to
 * 24 x 24 through four pixels each is noise, and the second network then refuses 3 faces of 200 more.
 *
 * Plain loops on purpose: 128 boxes of 24 x 24 take 1.2 ms; the same as an onnxruntime graph takes 9 (four Gathers) or
 * 8 (RoiAlign, which needs the whole frame as floats first). They run on the inference thread, never on a caller's
 * event loop.
 */
export function sampleSquare(frame: Frame, square: Square, target: PlanesTarget): void {
  if (square.size / target.sizePx <= SHRINK_BILINEAR_MAX) bilinear(frame, square, target);
  else averaged(frame, square, target);
}

function bilinear({ data, width, height }: Frame, square: Square, target: PlanesTarget): void {
  const { values, sizePx } = target;
  const plane = sizePx * sizePx;
  const columns = taps(square.left, square.size / sizePx, sizePx, width);
  const rows = taps(square.top, square.size / sizePx, sizePx, height);
  let at = target.offset;
  for (let v = 0; v < sizePx; v += 1) {
    const top = (rows.low[v] as number) * width;
    const bottom = (rows.high[v] as number) * width;
    const weightTop = rows.lowWeight[v] as number;
    const weightBottom = rows.highWeight[v] as number;
    for (let u = 0; u < sizePx; u += 1, at += 1) {
      const a = weightTop * (columns.lowWeight[u] as number);
      const b = weightTop * (columns.highWeight[u] as number);
      const c = weightBottom * (columns.lowWeight[u] as number);
      const d = weightBottom * (columns.highWeight[u] as number);
      let i = (top + (columns.low[u] as number)) * 3;
      let j = (top + (columns.high[u] as number)) * 3;
      let k = (bottom + (columns.low[u] as number)) * 3;
      let l = (bottom + (columns.high[u] as number)) * 3;
      for (let out = at; out < at + 3 * plane; out += plane, i += 1, j += 1, k += 1, l += 1) {
        values[out] =
          a * (data[i] as number) +
          b * (data[j] as number) +
          c * (data[k] as number) +
          d * (data[l] as number);
      }
    }
  }
}

/** For each pixel of a crop's side the two frame pixels it lies between, and how much each counts. */
interface Taps {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly lowWeight: Float32Array;
  readonly highWeight: Float32Array;
}

function taps(start: number, step: number, count: number, length: number): Taps {
  const result: Taps = {
    low: new Int32Array(count),
    high: new Int32Array(count),
    lowWeight: new Float32Array(count),
    highWeight: new Float32Array(count),
  };
  for (let u = 0; u < count; u += 1) {
    const position = start + (u + 0.5) * step - 0.5;
    const low = Math.floor(position);
    const fraction = position - low;
    result.low[u] = Math.min(Math.max(low, 0), length - 1);
    result.high[u] = Math.min(Math.max(low + 1, 0), length - 1);
    result.lowWeight[u] = low >= 0 && low < length ? 1 - fraction : 0;
    result.highWeight[u] = low + 1 >= 0 && low + 1 < length ? fraction : 0;
  }
  return result;
}

function averaged({ data, width, height }: Frame, square: Square, target: PlanesTarget): void {
  const { values, sizePx } = target;
  const plane = sizePx * sizePx;
  const points = Math.min(POINTS_MAX, Math.ceil(square.size / sizePx / POINT_SPACING_MAX_PX));
  const columns = nearest(square.left, square.size, sizePx * points, width);
  const rows = nearest(square.top, square.size, sizePx * points, height);
  const share = 1 / (points * points);
  let at = target.offset;
  for (let v = 0; v < sizePx; v += 1) {
    for (let u = 0; u < sizePx; u += 1, at += 1) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = v * points; row < (v + 1) * points; row += 1) {
        const y = rows[row] as number;
        if (y < 0) continue;
        for (let column = u * points; column < (u + 1) * points; column += 1) {
          const x = columns[column] as number;
          if (x < 0) continue;
          const i = (y * width + x) * 3;
          red += data[i] as number;
          green += data[i + 1] as number;
          blue += data[i + 2] as number;
        }
      }
      values[at] = red * share;
      values[at + plane] = green * share;
      values[at + 2 * plane] = blue * share;
    }
  }
}

/** The frame pixel under each of `count` points along a side, -1 outside the frame. */
function nearest(start: number, size: number, count: number, length: number): Int32Array {
  const result = new Int32Array(count);
  for (let point = 0; point < count; point += 1) {
    const pixel = Math.floor(start + ((point + 0.5) * size) / count);
    result[point] = pixel >= 0 && pixel < length ? pixel : -1;
  }
  return result;
}
