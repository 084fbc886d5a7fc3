import { readFile } from 'node:fs/promises';

import fc from 'fast-check';

import { generateKernelSource, KERNELS } from '../testing/generate-kernels';
import { paintedFrame } from '../testing/frames';
import type { Frame } from './frame';
import { Pixels, type Affine, type Span } from './pixels';

const ramp = paintedFrame(100, 80, (x, y) => [x * 2, y * 2, 50]);

function loaded(frame: Frame): Pixels {
  const pixels = new Pixels();
  pixels.load(frame);
  return pixels;
}

function crop(left: number, top: number, size: number, sizePx: number): Float32Array {
  return loaded(ramp).squares([{ left, top, size }], sizePx).slice();
}

/** A channel of the frame between pixel centres, in double precision; what lies outside counts as given. */
function bilinear(frame: Frame, x: number, y: number, channel: number, outside: Span['outside']): number {
  const { data, width, height } = frame;
  const at = (column: number, row: number) => {
    const isInside = column >= 0 && row >= 0 && column < width && row < height;
    if (!isInside && outside === 'black') return 0;
    const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));
    return data[(clamp(row, height - 1) * width + clamp(column, width - 1)) * 3 + channel] as number;
  };
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
  const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
  return upper * (1 - fy) + lower * fy;
}

function noise(width: number, height: number): Frame {
  return paintedFrame(width, height, (x, y) => [(x * 89 + y * 57) % 256, (x * y * 31) % 256, (x * 7) ^ y]);
}

it('is the kernel that its text says', async () => {
  expect(await readFile(KERNELS.pixel.bytesFile, 'utf8')).toBe(await generateKernelSource(KERNELS.pixel));
});

describe('Pixels.squares', () => {
  it('copies a square that keeps its size', () => {
    const planes = crop(10, 20, 24, 24);

    expect(planes[0]).toBeCloseTo(20, 3);
    expect(planes[23]).toBeCloseTo(66, 3);
    expect(planes[24 * 24]).toBeCloseTo(40, 3);
    expect(planes[2 * 24 * 24]).toBeCloseTo(50, 3);
  });

  it('agrees with plain bilinear sampling wherever a square lies', () => {
    const frame = noise(37, 29);
    const pixels = loaded(frame);
    fc.assert(
      fc.property(
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        fc.double({ min: 1, max: 70, noNaN: true }),
        (left, top, size) => {
          const planes = pixels.squares([{ left, top, size }], 24);
          for (const [u, v] of [
            [0, 0],
            [23, 0],
            [5, 17],
            [22, 23],
            [11, 12],
          ] as const) {
            // prettier-ignore
            for (let channel = 0; channel < 3; channel += 1) {
              const [x, y] = [left + ((u + 0.5) * size) / 24 - 0.5, top + ((v + 0.5) * size) / 24 - 0.5];
              const wanted = bilinear(frame, x, y, channel, 'black');
              expect(Math.abs((planes[channel * 576 + v * 24 + u] as number) - wanted)).toBeLessThan(0.04);
            }
          }
        },
      ),
    );
  });

  it.each([
    ['bilinearly by 2', 48, 24],
    ['by averaging, by 5', 60, 12],
  ])('keeps a ramp’s mean when it shrinks %s', (_, size, sizePx) => {
    const planes = crop(10, 10, size, sizePx);
    const red = planes.subarray(0, sizePx * sizePx);

    const mean = red.reduce((sum, value) => sum + value, 0) / red.length;
    expect(mean).toBeCloseTo(2 * (10 + size / 2 - 0.5), 0);
    expect(red[1] as number).toBeGreaterThan(red[0] as number);
  });

  it.each([
    ['small', 24],
    ['large', 90],
  ])('is 0 outside the frame, for a %s square', (_, size) => {
    const planes = crop(-size / 2, -size / 2, size, 24);

    expect(planes[2 * 576]).toBe(0);
    expect(planes[2 * 576 + 23]).toBe(0);
    expect(planes[3 * 576 - 1]).toBeCloseTo(50, 3);
  });

  it('is 0 everywhere for a square that does not touch the frame', () => {
    expect(crop(500, 500, 30, 24).every((value) => value === 0)).toBe(true);
    expect(crop(-500, 0, 300, 24).every((value) => value === 0)).toBe(true);
  });
});

describe('Pixels.canvas', () => {
  it('places scaled parts side by side, repeats the frame’s edge and is 0 elsewhere', () => {
    const frame = noise(50, 40);
    const pixels = loaded(frame);
    const span = { step: 1.7, outside: 'nearest' } as const;
    const placements = [
      { left: 2, top: 4, columns: { ...span, start: 0, count: 31, length: 50 }, rows: { ...span, start: 3.4, count: 22, length: 40 } }, // prettier-ignore
      { left: 36, top: 0, columns: { ...span, start: 0, count: 6, length: 50 }, rows: { ...span, start: 0, count: 6, length: 40 } }, // prettier-ignore
    ];

    const canvas = pixels.canvas(44, 28, placements).slice();

    const valueAt = (x: number, y: number, channel: number) => canvas[(channel * 28 + y) * 44 + x] as number;
    for (const { left, top, columns, rows } of placements) {
      for (let v = 0; v < rows.count; v += 1) {
        for (let u = 0; u < columns.count; u += 1) {
          const [x, y] = [(u + 0.5) * 1.7 - 0.5, rows.start + (v + 0.5) * 1.7 - 0.5];
          const wanted = bilinear(frame, x, y, v % 3, 'nearest');
          expect(Math.abs(valueAt(left + u, top + v, v % 3) - wanted)).toBeLessThan(0.04);
        }
      }
    }
    for (const [x, y] of [
      [0, 0],
      [33, 10],
      [43, 27],
      [40, 7],
      [2, 3],
    ] as const) {
      // prettier-ignore
      expect([0, 1, 2].map((channel) => valueAt(x, y, channel))).toEqual([0, 0, 0]);
    }
  });
});

describe('Pixels.warp', () => {
  const warped = (affine: Affine, sizePx: number) => loaded(ramp).warp(affine, sizePx);

  it('follows a rotation by a quarter', () => {
    const turned = warped({ xu: 0, xv: 1, x0: 30, yu: -1, yv: 0, y0: 50 }, 10);

    expect([...turned.subarray(0, 3)]).toEqual([60, 100, 50]);
    // One to the right in the crop is one up in the frame.
    expect([...turned.subarray(3, 6)]).toEqual([60, 98, 50]);
  });

  it('lies between pixels and is 0 outside the frame', () => {
    const shifted = warped({ xu: 1, xv: 0, x0: 97.5, yu: 0, yv: 1, y0: 0 }, 4);

    expect(shifted[0]).toBe(195);
    expect(shifted[3]).toBe(197);
    // Half of the last pixel, half of nothing.
    expect(shifted[6]).toBe(99);
    expect(shifted[9]).toBe(0);
  });

  it('agrees with plain bilinear sampling to one step of brightness, at the frame’s corners too', () => {
    const frame = noise(60, 45);
    const pixels = loaded(frame);
    for (const [x0, y0] of [
      [-8, -6],
      [30, -7],
      [-5, 30],
      [40, 25],
      [12, 9],
    ] as const) {
      // prettier-ignore
      const affine = { xu: 0.83, xv: -0.21, x0, yu: 0.21, yv: 0.83, y0 };
      const crop = pixels.warp(affine, 32);
      for (let v = 0; v < 32; v += 1) {
        for (let u = 0; u < 32; u += 1) {
          const x = affine.xu * u + affine.xv * v + x0;
          const y = affine.yu * u + affine.yv * v + y0;
          const wanted = bilinear(frame, x, y, 1, 'black');
          expect(Math.abs((crop[(v * 32 + u) * 3 + 1] as number) - wanted)).toBeLessThanOrEqual(0.6);
        }
      }
    }
  });
});

describe('Pixels.planes', () => {
  it('spreads crops to planes in the order and scale asked for', () => {
    const crops = [Uint8Array.of(10, 20, 30, 40, 50, 60), Uint8Array.of(1, 2, 3, 4, 5, 6)];

    const planes = new Pixels().planes(crops, { channelOrder: 'bgr', mean: 10, scale: 2 });

    expect([...planes]).toEqual([10, 25, 5, 20, 0, 15, -3.5, -2, -4, -2.5, -4.5, -3]);
  });

  it('takes means and scales for each plane in the network’s own order', () => {
    const card = { mean: [1, 2, 3], scale: [1, 2, 4] };

    const rgb = new Pixels().planes([Uint8Array.of(11, 22, 43)], { channelOrder: 'rgb', ...card });
    const bgr = new Pixels().planes([Uint8Array.of(43, 22, 11)], { channelOrder: 'bgr', ...card });

    expect([...rgb]).toEqual([10, 10, 10]);
    expect([...bgr]).toEqual([10, 10, 10]);
  });
});

describe('Pixels.load', () => {
  it('takes rows with a gap between them', () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5, 6, 99, 99, 7, 8, 9, 10, 11, 12, 99, 99);

    expect([...loaded({ data, width: 2, height: 2, strideBytes: 8 }).rgb()]).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
  });

  it.each([
    ['black', [16, 128, 128], [0, 0, 0]],
    ['white', [235, 128, 128], [255, 255, 255]],
    ['red', [81, 90, 240], [254, 0, 0]],
    ['green', [145, 54, 34], [0, 255, 1]],
    ['blue', [41, 240, 110], [0, 0, 255]],
    ['less than black', [0, 128, 128], [0, 0, 0]],
  ] as const)('turns %s of NV12 and I420 into RGB', (_, [y, u, v], rgb) => {
    const luma = [y, y, y, y];
    const frames: Frame[] = [
      { data: Uint8Array.of(...luma, u, v), width: 2, height: 2, format: 'nv12' },
      { data: Uint8Array.of(...luma, u, v), width: 2, height: 2, format: 'i420' },
    ];
    for (const frame of frames) {
      const pixels = loaded(frame).rgb();
      for (let at = 0; at < 12; at += 1)
        expect(Math.abs((pixels[at] as number) - rgb[at % 3]!)).toBeLessThan(2);
    }
  });

  it('gives the same pixels for NV12 and I420, with and without gaps', () => {
    const [width, height] = [8, 6];
    const luma = Array.from({ length: width * height }, (_, at) => 20 + at * 3);
    const us = Array.from({ length: 12 }, (_, at) => 40 + at * 15);
    const vs = Array.from({ length: 12 }, (_, at) => 220 - at * 14);
    const nv12 = Uint8Array.from([...luma, ...us.flatMap((u, at) => [u, vs[at] as number])]);
    const rows = (values: number[], count: number, gap: number) =>
      Array.from({ length: values.length / count }, (_, row) => [
        ...values.slice(row * count, (row + 1) * count),
        ...Array.from({ length: gap }, () => 255),
      ]).flat();
    const i420 = Uint8Array.from([...rows(luma, 8, 4), ...rows(us, 4, 2), ...rows(vs, 4, 2)]);

    const planar = loaded({ data: i420, width, height, format: 'i420', strideBytes: 12 }).rgb();

    expect([...planar]).toEqual([...loaded({ data: nv12, width, height, format: 'nv12' }).rgb()]);
  });
});
