import fc from 'fast-check';
import { cosineSimilarity } from '../embed/embedding';
import { fuseEmbeddings } from './fuse-embeddings';

const unit = (...values: number[]): Float32Array => {
  const norm = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / norm);
};
const unitOf = (dimension: number) =>
  fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: dimension, maxLength: dimension })
    .filter((values) => Math.hypot(...values) > 0.1)
    .map((values) => unit(...values));

describe('fuseEmbeddings', () => {
  it('gives the direction of the mean, of length one', () => {
    const probe = fuseEmbeddings([unit(1, 0), unit(0, 1)])!;
    expect(probe[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(probe[1]).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('lies at least as near to the embeddings, on the whole, as they lie to one another', () => {
    fc.assert(
      fc.property(fc.array(unitOf(8), { minLength: 2, maxLength: 6 }), (embeddings) => {
        const probe = fuseEmbeddings(embeddings);
        if (!probe) return true;
        const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
        const toProbe = mean(embeddings.map((each) => cosineSimilarity(probe, each)));
        const toOthers = mean(embeddings.flatMap((a) => embeddings.map((b) => cosineSimilarity(a, b))));
        return Math.abs(Math.hypot(...probe) - 1) < 1e-5 && toProbe >= toOthers - 1e-5;
      }),
    );
  });

  it.each([
    ['there are none', []],
    ['they cancel out', [unit(1, 0), unit(-1, 0)]],
    ['one holds what is no number', [unit(1, 0), Float32Array.of(Number.NaN, 0)]],
    ['their dimensions differ', [unit(1, 0), unit(1, 0, 0)]],
  ])('gives none when %s', (_, embeddings) => {
    expect(fuseEmbeddings(embeddings)).toBeNull();
  });
});
