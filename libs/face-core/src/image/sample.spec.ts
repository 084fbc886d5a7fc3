import { paintedFrame } from '../testing/frames';
import { sampleAffine } from './sample-affine';
import { sampleSquare } from './sample-square';

const ramp = paintedFrame(100, 80, (x, y) => [x * 2, y * 2, 50]);

function crop(left: number, top: number, size: number, sizePx: number): Float32Array {
  const values = new Float32Array(3 * sizePx * sizePx);
  sampleSquare(ramp, { left, top, size }, { values, offset: 0, sizePx });
  return values;
}

describe('sampleSquare', () => {
  it('copies a square that keeps its size', () => {
    const planes = crop(10, 20, 24, 24);

    expect(planes[0]).toBe(20);
    expect(planes[23]).toBe(66);
    expect(planes[24 * 24]).toBe(40);
    expect(planes[2 * 24 * 24]).toBe(50);
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

describe('sampleAffine', () => {
  it('follows a rotation by a quarter', () => {
    const turned = sampleAffine(ramp, { xu: 0, xv: 1, x0: 30, yu: -1, yv: 0, y0: 50 }, 10);

    expect([...turned.subarray(0, 3)]).toEqual([60, 100, 50]);
    // One to the right in the crop is one up in the frame.
    expect([...turned.subarray(3, 6)]).toEqual([60, 98, 50]);
  });

  it('lies between pixels and is 0 outside the frame', () => {
    const shifted = sampleAffine(ramp, { xu: 1, xv: 0, x0: 97.5, yu: 0, yv: 1, y0: 0 }, 4);

    expect(shifted[0]).toBe(195);
    expect(shifted[3]).toBe(197);
    // Half of the last pixel, half of nothing.
    expect(shifted[6]).toBe(99);
    expect(shifted[9]).toBe(0);
  });
});
