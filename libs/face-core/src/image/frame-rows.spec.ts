import fc from 'fast-check';

import { noiseBytes, plainFrame } from '../testing/frames';
import type { Frame } from './frame';
import { FrameRows } from './frame-rows';
import { Pixels, type Square } from './pixels';

const frame: Frame = { data: noiseBytes(90 * 120 * 3), width: 90, height: 120 };

function ofWhole(of: Frame, squares: readonly Square[], sizePx: number): Float32Array {
  const pixels = new Pixels();
  pixels.load(of);
  return pixels.squares(squares, sizePx).slice();
}

function rowsOf(of: Frame): FrameRows {
  const rows = new FrameRows();
  rows.turnTo(of);
  return rows;
}

/** For comparisons of many numbers, bit by bit. */
function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

describe('FrameRows', () => {
  it('gives what the whole frame gives, wherever squares lie, one call after the other', () => {
    // Places in parts of two: those that no binary number is could be rounded otherwise, a row further down.
    const place = fc.integer({ min: -400, max: 600 }).map((quarters) => quarters / 4);
    const square = fc.record({ left: place, top: place, size: fc.integer({ min: 1, max: 800 }).map((n) => n / 4) }); // prettier-ignore
    const calls = fc.array(fc.array(square, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

    fc.assert(
      fc.property(calls, fc.constantFrom(24, 48), (lists, sizePx) => {
        const rows = rowsOf(frame);
        for (const squares of lists) {
          expect(
            bytesOf(rows.squares(squares, sizePx)).equals(bytesOf(ofWhole(frame, squares, sizePx))),
          ).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('looks at what a buffer holds now when it is turned to it again', () => {
    const other = { ...frame, data: frame.data.slice() };
    const squares = [{ left: 10, top: 10, size: 40 }];
    const rows = rowsOf(other);
    rows.squares(squares, 24);

    other.data.fill(7);
    rows.turnTo(other);

    expect(rows.squares(squares, 24)).toEqual(ofWhole(plainFrame(90, 120, 7), squares, 24));
  });

  it('gives values for a square that is no number', () => {
    const squares = [{ left: NaN, top: NaN, size: NaN }];

    expect(rowsOf(frame).squares(squares, 24)).toHaveLength(3 * 24 * 24);
  });
});
