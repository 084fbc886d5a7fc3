/** Largest absolute value of a row's codes. */
const ROW_CODE_MAX = 127;
/** Largest absolute value of a probe's codes. */
const PROBE_CODE_MAX = 32_767;
const INT32_MAX = 2 ** 31 - 1;
/** Half the distance from 1 to the next float32: the largest relative error of one rounding. */
const ROUNDING = 2 ** -24;

/** Numbers that both passes take in one turn of their loops. */
const NUMBERS_PER_LINE = 16;

/** A probe as both passes read it. */
export interface Probe {
  /** L2-normalised, zero-padded to the row length. */
  readonly floats: Float32Array;
  /** `floats / scale`, rounded. */
  readonly codes: Int16Array;
  readonly scale: number;
  /** How much the probe's own rounding can change a similarity. */
  readonly error: number;
}

/** Numbers a row is padded to, so that both passes need no remainder loop. */
export function paddedLength(dimension: number): number {
  return Math.ceil(dimension / NUMBERS_PER_LINE) * NUMBERS_PER_LINE;
}

/**
 * Quantises a probe to int16, so finely that nearly all the error of a comparison is the row's.
 *
 * The codes are small enough that no sum of products with a row's codes leaves int32.
 *
 * @param embedding L2-normalised
 */
export function quantizeProbe(embedding: Float32Array): Probe {
  const length = paddedLength(embedding.length);
  const floats = new Float32Array(length);
  floats.set(embedding);
  const codeMax = Math.min(PROBE_CODE_MAX, Math.floor(INT32_MAX / (ROW_CODE_MAX * length)));
  const scale = Math.fround(largestOf(floats) / codeMax);
  const codes = new Int16Array(length);
  let squares = 0;
  for (let i = 0; i < length; i += 1) {
    const value = floats[i] as number;
    const code = Math.max(-codeMax, Math.min(codeMax, Math.round(value / scale)));
    codes[i] = code;
    squares += (value - code * scale) ** 2;
  }
  // A row is 1 long and its codes stand for at most 1 more than that; hence twice.
  return { floats, codes, scale, error: 2 * Math.sqrt(squares) };
}

/**
 * Bounds what the int8 codes of a row, one symmetric scale for all, do to every similarity.
 *
 * With row x = x' + u and probe q = q' + v, where x' and q' are what the codes stand for, q·x - q'·x' = q·u + v·x'. By
 * Cauchy and Schwarz its absolute value is at most |q| |u| + |v| |x'|. The result is |u|, of the codes as they are and
 * not of a worst case, plus all that float32 arithmetic may add to it and to the products: `length / 16 + 4` additions
 * and a product in the exact pass; a conversion, two products, a sum and the rounded threshold in the bounding pass; the
 * differences and `length / 4 + 4` additions of |u| itself. The second term is the probe's `error`. So for |x| = |q| = 1
 * the similarity that the exact pass computes lies within `rowError + probe.error` of the bounding pass's product,
 * always.
 *
 * @param squares |u| squared, as the kernel's `quantize` gives it
 * @param length numbers in the row
 * @returns a float32 number
 */
export function rowError(squares: number, length: number): number {
  const products = (length / NUMBERS_PER_LINE + 24) * ROUNDING;
  const differences = 4 * ROUNDING;
  // The factor is for the sum of squares, for its own rounding to float32 and for vectors 1 long to the last bits only.
  const widened = 1 + (length / 8 + 32) * ROUNDING;
  return Math.fround((Math.sqrt(squares) + differences + products) * widened);
}

function largestOf(floats: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < floats.length; i += 1) largest = Math.max(largest, Math.abs(floats[i] as number));
  return largest;
}
