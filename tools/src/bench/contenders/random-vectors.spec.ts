import { randomUnitVectors } from './random-vectors';

const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('random unit vectors', () => {
  const [one, other] = [...randomUnitVectors(2, 512, 1)] as [Float32Array, Float32Array];

  it('have length 1 and are nearly orthogonal', () => {
    expect(dot(one, one)).toBeCloseTo(1, 5);
    expect(Math.abs(dot(one, other))).toBeLessThan(0.2);
  });

  it('are the same for the same seed and others for another', () => {
    expect([...randomUnitVectors(1, 512, 1)][0]).toEqual(one);
    expect([...randomUnitVectors(1, 512, 2)][0]).not.toEqual(one);
  });
});
