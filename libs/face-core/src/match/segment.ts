import { openKernel, type SearchKernel } from './kernel/search-kernel';
import { rowError, type Probe } from './quantize';

/** Rows of one call of the bounding pass at most: about 0.1 ms. */
export const SCAN_ROWS_MAX = 2048;
/** Rows that are written down together. */
export const GROUP_ROWS = 4;
/** What the number of rows of a call is a multiple of. */
export const SCAN_ROWS_STEP = 8;
/** Words of one group that the kernel writes down, and where its four products are. */
export const GROUP_WORDS = 8;
export const GROUP_PRODUCTS_AT = 4;

const LINE_BYTES = 64;
const BYTES_PER_FLOAT = 4;
const ROW_CODES_PER_LINE = 16;
/**
 * Codes are touched this far ahead of the rows that arrive. Pages that a machine hands out one after the other lie side
 * by side, and reading them was measured to be a quarter faster than when pages of floats come in between.
 */
const TOUCHED_AHEAD_BYTES = 2 ** 20;

/**
 * A fixed number of rows in one memory that never moves: int8 codes for the bounding pass, float32 for the exact one.
 *
 * Places are numbered from 0. A place that was never written, or was erased, is found by no scan. Pages of the memory
 * that hold no row yet cost address space only.
 */
export class Segment {
  /** What the last scan wrote down: words of a group, see `search-kernel.wat`. */
  readonly groupRows: Int32Array;
  readonly groupProducts: Float32Array;
  /** All float32 rows, one after the other. */
  readonly floats: Float32Array;
  readonly #kernel: SearchKernel;
  readonly #at: Layout;
  readonly #buffer: SharedArrayBuffer;
  readonly #codes: Int8Array;
  readonly #scales: Float32Array;
  readonly #errors: Float32Array;
  readonly #probeCodes: Int16Array;
  readonly #probeFloats: Float32Array;
  #probeScale = 0;
  #touchedBytes = 0;

  /**
   * @param length numbers in a row, a multiple of 16
   * @param capacity places, a multiple of {@link SCAN_ROWS_STEP}
   * @throws {RangeError} when the machine has no memory for it
   */
  constructor(
    readonly length: number,
    readonly capacity: number,
  ) {
    const at = layoutOf(length, capacity);
    const { buffer, kernel } = openKernel(at.end);
    this.#at = at;
    this.#buffer = buffer;
    this.#kernel = kernel;
    const groupWords = (SCAN_ROWS_MAX / GROUP_ROWS) * GROUP_WORDS;
    this.groupRows = new Int32Array(buffer, at.groups, groupWords);
    this.groupProducts = new Float32Array(buffer, at.groups, groupWords);
    this.#probeCodes = new Int16Array(buffer, at.probeCodes, length);
    this.#probeFloats = new Float32Array(buffer, at.probeFloats, length);
    this.#scales = new Float32Array(buffer, at.scales, capacity);
    this.#errors = new Float32Array(buffer, at.errors, capacity);
    this.#codes = new Int8Array(buffer, at.codes, capacity * length);
    this.floats = new Float32Array(buffer, at.floats, capacity * length);
    this.#errors.fill(NaN);
  }

  /** Puts an L2-normalised embedding into a place; numbers it lacks are zeros. */
  write(place: number, embedding: Float32Array): void {
    this.floats.set(embedding, place * this.length);
    this.seal(place);
  }

  /** Makes the float32 row that was written through `floats` visible to scans. */
  seal(place: number): void {
    const codesAt = this.#codesAt(place);
    this.#touch(codesAt);
    const { codes, floats, scales } = this.#at;
    const squares = this.#kernel.quantize(
      floats + place * this.length * BYTES_PER_FLOAT,
      this.length,
      codes + codesAt,
      scales + place * BYTES_PER_FLOAT,
    );
    this.#errors[place] = rowError(squares, this.length);
  }

  /** Overwrites a place with zeros and hides it. */
  erase(place: number): void {
    this.floats.fill(0, place * this.length, (place + 1) * this.length);
    const start = this.#codesAt(place);
    for (let line = 0; line < this.length / ROW_CODES_PER_LINE; line += 1) {
      const at = start + line * LINE_BYTES;
      this.#codes.fill(0, at, at + ROW_CODES_PER_LINE);
    }
    this.#scales[place] = 0;
    this.#errors[place] = NaN;
  }

  /** The float32 row of a place; valid until it is erased. */
  row(place: number): Float32Array {
    return this.floats.subarray(place * this.length, (place + 1) * this.length);
  }

  /** Half the width of the interval around a product of the bounding pass, without the probe's share. */
  errorOf(place: number): number {
    return this.#errors[place] as number;
  }

  /** Sets what `scan` and `dot` compare with, until the next call. */
  load(probe: Probe): void {
    this.#probeCodes.set(probe.codes);
    this.#probeFloats.set(probe.floats);
    this.#probeScale = probe.scale;
  }

  /**
   * Runs the bounding pass over places `from` to `from + count`, at most {@link SCAN_ROWS_MAX}; both are multiples of
   * {@link SCAN_ROWS_STEP}.
   *
   * @param threshold a product plus its row's error below this is left out
   * @returns the number of groups in `groupRows` and `groupProducts`; a group's first row counts from `from`
   */
  scan(from: number, count: number, threshold: number): number {
    const { codes, scales, errors, probeCodes, groups } = this.#at;
    return this.#kernel.scan(
      codes + from * this.length,
      scales + from * BYTES_PER_FLOAT,
      errors + from * BYTES_PER_FLOAT,
      count,
      this.length,
      probeCodes,
      this.#probeScale,
      threshold,
      groups,
    );
  }

  /** The exact float32 similarity of the probe and the row of a place. */
  dot(place: number): number {
    const rowBytes = this.length * BYTES_PER_FLOAT;
    return this.#kernel.dot(this.#at.probeFloats, this.#at.floats + place * rowBytes, rowBytes);
  }

  /** The float32 row's inner product with itself; NaN or infinite when a number of it is not finite. */
  squaredLength(place: number): number {
    const rowBytes = this.length * BYTES_PER_FLOAT;
    const at = this.#at.floats + place * rowBytes;
    return this.#kernel.dot(at, at, rowBytes);
  }

  /** Overwrites a part of everything held, in bytes from `from` on. @returns whether something is left */
  wipe(from: number, bytes: number): boolean {
    const all = new Uint8Array(this.#buffer);
    all.fill(0, from, from + bytes);
    return from + bytes < all.length;
  }

  #touch(codesAt: number): void {
    while (codesAt >= this.#touchedBytes && this.#touchedBytes < this.#codes.length) {
      this.#codes.fill(0, this.#touchedBytes, this.#touchedBytes + TOUCHED_AHEAD_BYTES);
      this.#touchedBytes += TOUCHED_AHEAD_BYTES;
    }
  }

  #codesAt(place: number): number {
    const group = Math.floor(place / GROUP_ROWS);
    return group * GROUP_ROWS * this.length + (place % GROUP_ROWS) * ROW_CODES_PER_LINE;
  }
}

interface Layout {
  readonly probeCodes: number;
  readonly probeFloats: number;
  readonly groups: number;
  readonly scales: number;
  readonly errors: number;
  readonly codes: number;
  readonly floats: number;
  readonly end: number;
}

function layoutOf(length: number, capacity: number): Layout {
  const probeCodes = 0;
  const probeFloats = aligned(probeCodes + length * 2);
  const groups = aligned(probeFloats + length * BYTES_PER_FLOAT);
  const scales = aligned(groups + (SCAN_ROWS_MAX / GROUP_ROWS) * GROUP_WORDS * BYTES_PER_FLOAT);
  const errors = aligned(scales + capacity * BYTES_PER_FLOAT);
  const codes = aligned(errors + capacity * BYTES_PER_FLOAT);
  const floats = aligned(codes + capacity * length);
  const end = floats + capacity * length * BYTES_PER_FLOAT;
  return { probeCodes, probeFloats, groups, scales, errors, codes, floats, end };
}

function aligned(offset: number): number {
  return Math.ceil(offset / LINE_BYTES) * LINE_BYTES;
}
