import fc from 'fast-check';
import { median, quantile, slope } from './statistics';

const sample = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('a quantile', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[10], 0.95, 10],
    [[1, 2, 3, 4, 5], 0, 1],
    [[1, 2, 3, 4, 5], 1, 5],
    [Array.from({ length: 101 }, (_, index) => index), 0.95, 95],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected, 12);
  });

  it('does not depend on the order and lies within the sample', () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const result = quantile(values, share);
        expect(quantile([...values].reverse(), share)).toBe(result);
        expect(result).toBeGreaterThanOrEqual(Math.min(...values));
        expect(result).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('leaves the sample as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it.each([[[], 0.5] as const, [[1], 1.1] as const, [[1], Number.NaN] as const])(
    'of %j at %d is refused',
    (values, share) => expect(() => quantile(values, share)).toThrow(RangeError),
  );
});

describe('a slope', () => {
  it.each([
    [[0, 2, 4, 6], 2],
    [[5, 5, 5], 0],
    [[7], 0],
    [[], 0],
    [[0, 10, 0, 10, 0], 0],
  ])('of %j is %d', (values, expected) => expect(slope(values)).toBeCloseTo(expected, 12));
});
