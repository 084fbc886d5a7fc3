import type { Frame } from '../image/frame';

/** Where the pixels of a small picture lie in a frame: its first edges, and frame pixels from one to the next. */
export interface Grid {
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly width: number;
  readonly height: number;
}

/** A row or column of a frame that is read, undefined where black counts in its place, and how much it counts. */
type Line = readonly [index: number | undefined, weight: number];

/**
 * Planes `[3, height, width]` of a grid's pixels, 0 to 255, bilinear by the definition.
 *
 * @param frame RGB without gaps
 * @param outside what counts beyond the frame: black, or the nearest pixel
 */
export function bilinearPlanes(frame: Frame, grid: Grid, outside: 'black' | 'nearest'): Float32Array {
  const linesOf = (edge: number, count: number, length: number): Line[][] =>
    Array.from({ length: count }, (_, index) => {
      const position = edge + (index + 0.5) * grid.step - 0.5;
      const first = Math.floor(position);
      return [
        [indexIn(first, length, outside), 1 - (position - first)],
        [indexIn(first + 1, length, outside), position - first],
      ];
    });
  return summedPlanes(
    frame,
    linesOf(grid.left, grid.width, frame.width),
    linesOf(grid.top, grid.height, frame.height),
  );
}

/** The same where each value is the mean of `points` x `points` pixels, evenly spread; outside is black. */
export function averagedPlanes(frame: Frame, grid: Grid, points: number): Float32Array {
  const linesOf = (edge: number, count: number, length: number): Line[][] =>
    Array.from({ length: count }, (_, index) =>
      Array.from({ length: points }, (__, point) => {
        const place = Math.floor(edge + (index + (point + 0.5) / points) * grid.step);
        return [indexIn(place, length, 'black'), 1 / points] as const;
      }),
    );
  return summedPlanes(
    frame,
    linesOf(grid.left, grid.width, frame.width),
    linesOf(grid.top, grid.height, frame.height),
  );
}

/** Planes of a square of 0 to 255 whose pixels lie where `placeOf` says, bilinear; outside is black. */
export function warpedPlanes(
  frame: Frame,
  sizePx: number,
  placeOf: (u: number, v: number) => readonly [x: number, y: number],
): Float32Array {
  const planes = new Float32Array(3 * sizePx * sizePx);
  for (let v = 0; v < sizePx; v += 1) {
    for (let u = 0; u < sizePx; u += 1) {
      const [x, y] = placeOf(u, v);
      // Places are counted from the centre of pixel 0, grids from its edge.
      const pixel = bilinearPlanes(frame, { left: x, top: y, step: 1, width: 1, height: 1 }, 'black');
      for (const [colour, value] of pixel.entries()) planes[(colour * sizePx + v) * sizePx + u] = value;
    }
  }
  return planes;
}

function indexIn(index: number, length: number, outside: 'black' | 'nearest'): number | undefined {
  if (outside === 'nearest') return Math.min(length - 1, Math.max(0, index));
  return index >= 0 && index < length ? index : undefined;
}

/** Each value is the sum of the pixels where its columns cross its rows, weighed by both. */
function summedPlanes(
  { data, width }: Frame,
  columns: readonly Line[][],
  rows: readonly Line[][],
): Float32Array {
  const plane = columns.length * rows.length;
  const planes = new Float32Array(3 * plane);
  let at = 0;
  for (const ofRow of rows) {
    for (const ofColumn of columns) {
      let [red, green, blue] = [0, 0, 0];
      for (const [row, down] of ofRow) {
        for (const [column, across] of ofColumn) {
          if (row === undefined || column === undefined) continue;
          const pixel = (row * width + column) * 3;
          red += down * across * (data[pixel] as number);
          green += down * across * (data[pixel + 1] as number);
          blue += down * across * (data[pixel + 2] as number);
        }
      }
      planes[at] = red;
      planes[at + plane] = green;
      planes[at + 2 * plane] = blue;
      at += 1;
    }
  }
  return planes;
}
