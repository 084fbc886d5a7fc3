import { cosineSimilarity, dot, normalized } from './embedding';

describe('normalized', () => {
  it('gives a copy of length 1 in the same direction', () => {
    const vector = Float32Array.of(3, 0, -4);

    expect([...normalized(vector)]).toEqual([expect.closeTo(0.6), 0, expect.closeTo(-0.8)]);
    expect([...vector]).toEqual([3, 0, -4]);
  });

  it.each([
    ['zeros', [0, 0, 0]],
    ['a value that is no number', [1, NaN, 0]],
    ['an infinite value', [1, Infinity, 0]],
  ])('refuses %s', (_, values) => {
    expect(() => normalized(Float32Array.from(values))).toThrow(
      expect.objectContaining({ code: 'embedding/invalid' }),
    );
  });
});

describe('cosineSimilarity', () => {
  it('is 1 for the same direction, 0 across, -1 for the opposite', () => {
    const a = Float32Array.of(0.6, 0.8, 0, 0, 0);

    expect(cosineSimilarity(a, a)).toBeCloseTo(1);
    expect(cosineSimilarity(a, Float32Array.of(-0.8, 0.6, 0, 0, 0))).toBeCloseTo(0);
    expect(cosineSimilarity(a, a.map((value) => -value))).toBeCloseTo(-1); // prettier-ignore
  });

  it('refuses embeddings of two lengths', () => {
    expect(() => cosineSimilarity(new Float32Array(4), new Float32Array(5))).toThrow(
      expect.objectContaining({ code: 'embedding/wrong-dimension' }),
    );
  });
});

describe('dot', () => {
  it('starts at the offset and counts a length that is no multiple of four', () => {
    expect(dot(Float32Array.of(1, 2, 3, 4, 5), Float32Array.of(9, 1, 1, 1, 1, 1, 9), 1)).toBe(15);
  });
});
