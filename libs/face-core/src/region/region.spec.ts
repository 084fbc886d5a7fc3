import fc from 'fast-check';

import { regionOf } from './region';

const frame = { width: 640, height: 480 };

describe('regionOf', () => {
  it.each([
    [
      'in the middle',
      { x: 300, y: 200, width: 40, height: 50 },
      { left: 266, top: 157, width: 109, height: 136 },
    ],
    [
      'at the left edge',
      { x: 0, y: 200, width: 40, height: 50 },
      { left: 0, top: 157, width: 109, height: 136 },
    ],
    [
      'at the lower right',
      { x: 600, y: 430, width: 40, height: 50 },
      { left: 531, top: 344, width: 109, height: 136 },
    ],
    [
      'too large for the frame',
      { x: 200, y: 100, width: 200, height: 300 },
      { left: 140, top: 0, width: 320, height: 480 },
    ],
  ])('of a face %s', (_, box, expected) => {
    expect(regionOf(frame, box, 2.7)).toEqual(expected);
  });

  it('lies inside the frame, with at least one pixel, whatever the box', () => {
    const side = fc.integer({ min: 1, max: 4_000 });
    const place = fc.double({ min: -500, max: 500, noNaN: true });
    const size = fc.double({ min: 0.01, max: 8_000, noNaN: true });
    fc.assert(
      fc.property(side, side, place, place, size, size, (width, height, x, y, boxWidth, boxHeight) => {
        const box = { x, y, width: boxWidth, height: boxHeight };
        fc.pre(x < width && y < height && x + boxWidth > 0 && y + boxHeight > 0);
        const region = regionOf({ width, height }, box, 2.7);
        expect(Object.values(region).every((value) => Number.isInteger(value))).toBe(true);
        expect(Math.min(region.left, region.top)).toBeGreaterThanOrEqual(0);
        expect(Math.min(region.width, region.height)).toBeGreaterThanOrEqual(1);
        expect(region.left + region.width).toBeLessThanOrEqual(width);
        expect(region.top + region.height).toBeLessThanOrEqual(height);
      }),
    );
  });

  it.each([
    ['not finite', { x: Number.NaN, y: 0, width: 10, height: 10 }],
    ['endless', { x: 0, y: 0, width: Number.POSITIVE_INFINITY, height: 10 }],
    ['without area', { x: 0, y: 0, width: 0, height: 10 }],
    ['left of the frame', { x: -20, y: 0, width: 10, height: 10 }],
    ['below the frame', { x: 0, y: 480, width: 10, height: 10 }],
  ])('refuses a box that is %s', (_, box) => {
    expect(() => regionOf(frame, box, 2.7)).toThrow(expect.objectContaining({ code: 'box/invalid' }));
  });
});
