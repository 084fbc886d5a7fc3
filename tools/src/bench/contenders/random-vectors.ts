/**
 * Vectors of length 1, spread evenly over the sphere; the same seed gives the same.
 *
 * Like embeddings of strangers they are nearly orthogonal, so that a search has no easy winner.
 */
export function* randomUnitVectors(count: number, dimension: number, seed: number): Generator<Float32Array> {
  const random = mulberry32(seed);
  for (let made = 0; made < count; made += 1) {
    const vector = new Float32Array(dimension);
    let squares = 0;
    for (let index = 0; index < dimension; index += 1) {
      // The sum of three uniforms is near enough to a bell for an even spread.
      const value = random() + random() + random() - 1.5;
      vector[index] = value;
      squares += value * value;
    }
    const scale = 1 / Math.sqrt(squares);
    yield vector.map((value) => value * scale);
  }
}

/** A small generator with 32 bits of state, numbers from 0 to 1. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
