import { createHash } from 'node:crypto';
import { FaceCoreError } from '../errors';

/** Length of a transform's secret, in bytes. */
export const TRANSFORM_SECRET_BYTES = 32;

/** After so many rounds every number of an embedding has reached every other. */
const ROUNDS = 8;

/** Signs and places of one round: `out[places[i]] = signs[i] * in[i]`. */
interface Round {
  readonly signs: Float64Array;
  readonly places: Uint32Array;
}

/**
 * Turns embeddings by a rotation that is known only to whoever has its secret: similarities of two embeddings that
 * were both turned are those of the embeddings themselves, and an embedding that was turned by another secret, or not
 * at all, is as near to them as a stranger's.
 *
 * The rotation is a product of rounds; each flips signs and permutes, both drawn from the secret, and then applies a
 * Hadamard transform to blocks of 4^k numbers. Its scale, 2^-k, is exact, all else is additions of float64 in a fixed
 * order: the same secret gives the same bits on every machine, and `revert` undoes `apply` to float32's precision.
 *
 * It hides what an embedding says, it does not encrypt: who knows as many embeddings before and after as they have
 * numbers can solve for it.
 *
 * @see Ailon and Chazelle, The fast Johnson-Lindenstrauss transform, SIAM J. Computing 2009, for one such round
 */
export class TemplateTransform {
  readonly #rounds: readonly Round[];
  readonly #block: number;

  /**
   * @param secret 32 bytes; not kept
   * @param dimension numbers of an embedding, at least 1; each dimension has a rotation of its own
   * @throws {FaceCoreError} `transform/invalid-secret`
   */
  constructor(
    secret: Uint8Array,
    readonly dimension: number,
  ) {
    if (secret.byteLength !== TRANSFORM_SECRET_BYTES) {
      throw new FaceCoreError(
        'transform/invalid-secret',
        `A transform's secret has ${TRANSFORM_SECRET_BYTES} bytes.`,
      );
    }
    const random = new RandomWords(secret, dimension);
    this.#rounds = Array.from({ length: ROUNDS }, () => drawRound(random, dimension));
    this.#block = largestBlock(dimension);
  }

  /** A new embedding, turned. @throws {FaceCoreError} `embedding/wrong-dimension` */
  apply(embedding: Float32Array): Float32Array {
    let values = this.#checked(embedding);
    for (const { signs, places } of this.#rounds) {
      const moved = new Float64Array(this.dimension);
      for (let i = 0; i < this.dimension; i += 1) moved[places[i]!] = signs[i]! * values[i]!;
      hadamard(moved, this.#block);
      values = moved;
    }
    return Float32Array.from(values);
  }

  /** A new embedding, turned back. @throws {FaceCoreError} `embedding/wrong-dimension` */
  revert(embedding: Float32Array): Float32Array {
    let values = this.#checked(embedding);
    for (const { signs, places } of this.#rounds.toReversed()) {
      hadamard(values, this.#block);
      const moved = new Float64Array(this.dimension);
      for (let i = 0; i < this.dimension; i += 1) moved[i] = signs[i]! * values[places[i]!]!;
      values = moved;
    }
    return Float32Array.from(values);
  }

  #checked(embedding: Float32Array): Float64Array {
    if (embedding.length === this.dimension) return Float64Array.from(embedding);
    throw new FaceCoreError(
      'embedding/wrong-dimension',
      `An embedding of ${embedding.length} numbers cannot be turned by a transform of ${this.dimension}.`,
    );
  }
}

/** The largest power of four that is not more than the dimension: a Hadamard matrix of it has an exact scale. */
function largestBlock(dimension: number): number {
  let block = 1;
  while (block * 4 <= dimension) block *= 4;
  return block;
}

/** Applies the orthonormal Hadamard matrix, which is its own inverse, to each whole block, in place. */
function hadamard(values: Float64Array, block: number): void {
  const end = values.length - (values.length % block);
  const scale = 1 / Math.sqrt(block);
  for (let start = 0; start < end; start += block) {
    for (let half = 1; half < block; half *= 2) {
      for (let at = start; at < start + block; at += 2 * half) {
        for (let i = at; i < at + half; i += 1) {
          const [a, b] = [values[i]!, values[i + half]!];
          values[i] = a + b;
          values[i + half] = a - b;
        }
      }
    }
    for (let i = start; i < start + block; i += 1) values[i] = values[i]! * scale;
  }
}

function drawRound(random: RandomWords, dimension: number): Round {
  const signs = Float64Array.from({ length: dimension }, () => (random.next() & 1 ? 1 : -1));
  const places = Uint32Array.from({ length: dimension }, (_, index) => index);
  for (let i = dimension - 1; i > 0; i -= 1) {
    const other = random.below(i + 1);
    const kept = places[i]!;
    places[i] = places[other]!;
    places[other] = kept;
  }
  return { signs, places };
}

/** Words of 32 bits that follow from a secret: SHA-256 over it, the purpose and a counter. */
class RandomWords {
  readonly #seed: Buffer;
  #counter = 0;
  #words: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(secret: Uint8Array, dimension: number) {
    this.#seed = createHash('sha256')
      .update('munjigi template transform 1\n')
      .update(secret)
      .update(String(dimension))
      .digest();
  }

  next(): number {
    if (this.#at === this.#words.length) {
      this.#words = createHash('sha256').update(this.#seed).update(String(this.#counter)).digest();
      this.#counter += 1;
      this.#at = 0;
    }
    const word = this.#words.readUInt32LE(this.#at);
    this.#at += 4;
    return word;
  }

  /** Evenly one of 0 to `limit` - 1: words of the last, partial run through the limit are drawn again. */
  below(limit: number): number {
    const usable = 2 ** 32 - (2 ** 32 % limit);
    for (;;) {
      const word = this.next();
      if (word < usable) return word % limit;
    }
  }
}
