import type { Landmarks } from '../detect/face';
import type { Frame } from '../image/frame';
import { noiseBytes } from '../testing/frames';
import { align } from './align';
import { ALIGNED_LANDMARKS } from './similarity-transform';

/** A face turned a little, its template's corner at (left, top). */
function landmarksAt(left: number, top: number): Landmarks {
  return ALIGNED_LANDMARKS.map(({ x, y }) => ({ x: left + x - 0.1 * y, y: top + y + 0.1 * x }));
}

/** Columns of a frame from one on. */
function columns({ data, width, height }: Frame, from: number, count: number): Frame {
  const part = new Uint8Array(3 * count * height);
  for (let row = 0; row < height; row += 1) {
    part.set(data.subarray(3 * (row * width + from), 3 * (row * width + from + count)), 3 * row * count);
  }
  return { data: part, width: count, height };
}

describe('align', () => {
  // Rows of a wide frame are copied in part, those of others whole.
  const wide: Frame = { data: noiseBytes(3 * 2400 * 160), width: 2400, height: 160 };

  it.each([
    ['in the middle', 1200],
    ['over the right edge', 2330],
  ])('gives the same crop of a wide frame as of a part of it, %s', (_, left) => {
    const from = Math.min(left - 100, 2000);
    const part = columns(wide, from, 400);

    const crop = align(wide, landmarksAt(left, 20));

    expect(crop).toEqual(align(part, landmarksAt(left - from, 20)));
    expect(new Set(crop).size).toBeGreaterThan(100);
  });

  it('gives the same crop of rows with gaps', () => {
    const frame = columns(wide, 0, 400);
    const strideBytes = 3 * 400 + 60;
    const data = new Uint8Array(strideBytes * frame.height);
    for (let row = 0; row < frame.height; row += 1) {
      data.set(frame.data.subarray(1200 * row, 1200 * (row + 1)), strideBytes * row);
    }

    const crop = align({ ...frame, data, strideBytes }, landmarksAt(150, 20));

    expect(crop).toEqual(align(frame, landmarksAt(150, 20)));
  });
});
