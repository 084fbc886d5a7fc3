import type { Frame } from '../image/frame';

/** Rows of a camera's planes: luma, then U, then V at half the size both ways. */
export interface YuvPlanes {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** A picture as BT.601 in video range has it, the colours of two by two pixels averaged. @param frame RGB, even sides */
export function toYuv({ data, width, height }: Frame): YuvPlanes {
  const planes = {
    y: new Uint8Array(width * height),
    u: new Uint8Array((width * height) / 4),
    v: new Uint8Array((width * height) / 4),
  };
  const sums = { u: new Float64Array(planes.u.length), v: new Float64Array(planes.v.length) };
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [r, g, b] = data.subarray(3 * pixel, 3 * pixel + 3) as unknown as [number, number, number];
    planes.y[pixel] = Math.round(16 + 0.256788 * r + 0.504129 * g + 0.097906 * b);
    const place = (Math.floor(pixel / width) >> 1) * (width / 2) + ((pixel % width) >> 1);
    sums.u[place] = (sums.u[place] as number) + (-0.148223 * r - 0.290993 * g + 0.439216 * b) / 4;
    sums.v[place] = (sums.v[place] as number) + (0.439216 * r - 0.367788 * g - 0.071427 * b) / 4;
  }
  planes.u.set(sums.u.map((value) => Math.round(128 + value)));
  planes.v.set(sums.v.map((value) => Math.round(128 + value)));
  return { width, height, ...planes };
}

/** The planes as one frame. @param gapBytes even; behind each row of luma, filled with what must not be seen */
export function yuvFrame(planes: YuvPlanes, format: 'nv12' | 'i420', gapBytes = 0): Frame {
  const { width, height, y, u, v } = planes;
  const strideBytes = width + gapBytes;
  const data = new Uint8Array(strideBytes * height * 1.5).fill(255);
  const rows = (plane: Uint8Array, row: number, at: number, stride: number) => {
    for (let from = 0, to = at; from < plane.length; from += row, to += stride) {
      data.set(plane.subarray(from, from + row), to);
    }
  };
  const chroma = strideBytes * height;
  rows(y, width, 0, strideBytes);
  if (format === 'nv12') {
    const both = Uint8Array.from({ length: 2 * u.length }, (_, at) => (at % 2 ? v : u)[at >> 1] as number);
    rows(both, width, chroma, strideBytes);
  } else {
    rows(u, width / 2, chroma, strideBytes / 2);
    rows(v, width / 2, chroma + (strideBytes * height) / 4, strideBytes / 2);
  }
  return { data, width, height, format, strideBytes };
}

/** The planes as the RGB that they stand for, by the formula. */
export function yuvAsRgb({ width, height, y, u, v }: YuvPlanes): Frame {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const place = (Math.floor(pixel / width) >> 1) * (width / 2) + ((pixel % width) >> 1);
    const light = (255 / 219) * ((y[pixel] as number) - 16);
    const [blue, red] = [(u[place] as number) - 128, (v[place] as number) - 128];
    data[3 * pixel] = light + 1.596027 * red;
    data[3 * pixel + 1] = light - 0.391762 * blue - 0.812968 * red;
    data[3 * pixel + 2] = light + 2.017232 * blue;
  }
  return { data: new Uint8Array(data.buffer), width, height };
}
