import fc from 'fast-check';

/** Numbers that look normally distributed and are the same for the same seed. */
export function randomEmbedding(seed: number, dimension: number): Float32Array {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Float32Array.from({ length: dimension }, () => next() + next() + next() + next() - 2);
}

/** Embeddings that are hard to tell apart, hard to quantise, or ordinary; few of each, so that equals meet. */
export function hardEmbedding(dimension: number): fc.Arbitrary<Float32Array> {
  const seed = fc.integer({ min: 0, max: 3 });
  const index = fc.integer({ min: 0, max: dimension - 1 });
  return fc.oneof(
    seed.map((value) => randomEmbedding(value, dimension)),
    // One unit in the last place of one number apart from another.
    fc.tuple(seed, index, fc.integer({ min: -2, max: 2 })).map(([value, at, units]) => {
      const embedding = randomEmbedding(value, dimension);
      const bits = new Int32Array(embedding.buffer);
      bits[at] = (bits[at] as number) + units;
      return embedding;
    }),
    seed.map((value) => randomEmbedding(value, dimension).map((number) => -number)),
    // One large number: the others vanish in the steps of the codes.
    fc.tuple(seed, index, fc.constantFrom(-1000, 30, 1000)).map(([value, at, large]) => {
      const embedding = randomEmbedding(value, dimension);
      embedding[at] = large;
      return embedding;
    }),
    index.map((at) => new Float32Array(dimension).fill(1, at, at + 1)),
    fc.constantFrom(1, -3).map((value) => new Float32Array(dimension).fill(value)),
    fc.constantFrom(0.5, 0.9).map((base) => Float32Array.from({ length: dimension }, (_, i) => base ** i)),
  );
}
