import { FaceCoreError } from '../errors';
import { assertFrame, rowBytesOf, type Frame } from './frame';
import { openPixelKernel, PAGE_BYTES, type PixelKernel, type PixelMemory } from './kernel/pixel-kernel';

/** A square of the frame, by its edges: pixel (0, 0) spans 0 to 1. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/**
 * Where a pixel (u, v) of a crop lies in the frame: `x = xu * u + xv * v + x0`, `y = yu * u + yv * v + y0`. Pixel
 * centres are whole numbers on both sides.
 */
export interface Affine {
  readonly xu: number;
  readonly xv: number;
  readonly x0: number;
  readonly yu: number;
  readonly yv: number;
  readonly y0: number;
}

/** Points at equal distances along one side of a frame, by the edges of pixels: pixel 0 spans 0 to 1. */
export interface Span {
  readonly start: number;
  /** Frame pixels from one point to the next; a point is in the middle of its step. */
  readonly step: number;
  readonly count: number;
  /** Pixels of the side. */
  readonly length: number;
  /** What counts outside the frame: black, or the nearest pixel inside. */
  readonly outside: 'black' | 'nearest';
}

/** A part of a canvas that shows a part of the frame. */
export interface Placement {
  /** Place in the canvas. */
  readonly left: number;
  readonly top: number;
  readonly columns: Span;
  readonly rows: Span;
}

/**
 * How a network wants its pixels: `(value - mean) / scale` of 0 to 255, planes in this order. Mean and scale are one
 * number for all planes, or one for each in the network's own order.
 */
export interface PlanePixels {
  readonly channelOrder: 'rgb' | 'bgr';
  readonly mean: number | readonly number[];
  readonly scale: number | readonly number[];
}

/** Readable bytes before a frame and behind it, and the distance that areas keep. */
const SLACK_BYTES = 64;
/** Sizes of an entry in the kernel's tables. */
const COLUMN_BYTES = 32;
const ROW_BYTES = 16;
/** Shrunk further than this, points between four pixels miss most of what lies around them. */
const SHRINK_BILINEAR_MAX = 3;
/** Frame pixels from one averaged point to the next, at most. */
const POINT_SPACING_MAX_PX = 3;
/** Averaged points along one side of a crop's pixel, at most: the work for a face that fills a 4K frame is bounded. */
const POINTS_MAX = 6;
/** BT.601, video range. */
const YUV = { black: 16, gain: 255 / 219, vr: 1.596027, ug: -0.391762, vg: -0.812968, ub: 2.017232 } as const;

/**
 * One frame, and all that is cut out of it and scaled, in memory that is used again and again.
 *
 * The work is done by a WebAssembly kernel of 128-bit vectors: as an onnxruntime graph the same takes two to seven times
 * as long, as JavaScript loops two to three times. What a call gives is a view that the next call overwrites.
 */
export class Pixels {
  readonly #memory: PixelMemory;
  readonly #kernel: PixelKernel;
  #width = 0;
  #height = 0;
  /** Where work may begin: behind the frame. */
  #work = SLACK_BYTES;

  constructor() {
    ({ memory: this.#memory, kernel: this.#kernel } = openPixelKernel());
  }

  /** Size of the frame that is loaded. */
  get size(): { width: number; height: number } {
    return { width: this.#width, height: this.#height };
  }

  /** Takes a frame in as RGB. @param frame has passed `assertFrame` */
  load(frame: Frame): void {
    const { width, height, data, format = 'rgb' } = frame;
    const { strideBytes = rowBytesOf(frame) } = frame;
    const rowBytes = 3 * width;
    this.#width = width;
    this.#height = height;
    this.#work = aligned(SLACK_BYTES + rowBytes * height + SLACK_BYTES);
    this.#reserve(0);
    if (format !== 'rgb') return this.#loadYuv(frame, strideBytes);
    const bytes = new Uint8Array(this.#memory.buffer);
    if (strideBytes === rowBytes) return bytes.set(data, SLACK_BYTES);
    for (let row = 0; row < height; row += 1) {
      const source = data.subarray(row * strideBytes, row * strideBytes + rowBytes);
      bytes.set(source, SLACK_BYTES + row * rowBytes);
    }
  }

  /** The frame's RGB bytes, interleaved, without gaps. */
  rgb(): Uint8Array {
    return new Uint8Array(this.#memory.buffer, SLACK_BYTES, 3 * this.#width * this.#height);
  }

  /**
   * Scales parts of the frame bilinearly onto a canvas.
   *
   * @returns planes of 0 to 255, `[3, height, width]`; 0 where nothing was placed
   */
  canvas(width: number, height: number, placements: readonly Placement[]): Float32Array {
    const columnsMax = Math.max(...placements.map(({ columns }) => columns.count));
    const rowsMax = Math.max(...placements.map(({ rows }) => rows.count));
    const tables = this.#reserve(COLUMN_BYTES * columnsMax + ROW_BYTES * rowsMax + 12 * width * height);
    const out = aligned(tables + COLUMN_BYTES * columnsMax + ROW_BYTES * rowsMax);
    const values = new Float32Array(this.#memory.buffer, out, 3 * width * height);
    if (placements.length > 1) values.fill(0);
    for (const { left, top, columns, rows } of placements) {
      this.#scale(tables, columns, rows, {
        place: out + 4 * (top * width + left),
        rowBytes: 4 * width,
        planeBytes: 4 * width * height,
      });
    }
    return values;
  }

  /**
   * Scales squares of the frame; outside it is black.
   *
   * Bilinear where a square shrinks by up to 3, else the mean of points spread over each pixel: a large face shrunk to
   * 24 x 24 through four pixels each is noise, and the second network then refuses 3 faces of 200 more.
   *
   * @returns planes of 0 to 255, `[squares, 3, sizePx, sizePx]`
   */
  squares(squares: readonly Square[], sizePx: number): Float32Array {
    const planeBytes = 4 * sizePx * sizePx;
    const tableBytes = Math.max((COLUMN_BYTES + ROW_BYTES) * sizePx, 8 * POINTS_MAX * sizePx);
    const tables = this.#reserve(aligned(tableBytes) + squares.length * 3 * planeBytes);
    const out = tables + aligned(tableBytes);
    for (const [index, square] of squares.entries()) {
      const place = out + index * 3 * planeBytes;
      const step = square.size / sizePx;
      if (step > SHRINK_BILINEAR_MAX) {
        this.#average(tables, square, { place, sizePx, planeBytes });
        continue;
      }
      const span = { step, count: sizePx, outside: 'black' } as const;
      this.#scale(
        tables,
        { ...span, start: square.left, length: this.#width },
        { ...span, start: square.top, length: this.#height },
        { place, rowBytes: 4 * sizePx, planeBytes },
      );
    }
    return new Float32Array(this.#memory.buffer, out, (squares.length * 3 * planeBytes) / 4);
  }

  /** Warps a part of the frame to `sizePx` x `sizePx` RGB, bilinearly; outside it is 0. @returns a new HWC crop */
  warp(affine: Affine, sizePx: number): Uint8Array {
    const { xu, xv, x0, yu, yv, y0 } = affine;
    const out = this.#reserve(3 * sizePx * sizePx + 4);
    this.#kernel.warp(SLACK_BYTES, this.#width, this.#height, sizePx, out, xu, xv, x0, yu, yv, y0);
    return new Uint8Array(this.#memory.buffer, out, 3 * sizePx * sizePx).slice();
  }

  /**
   * Lays crops out as a network wants them.
   *
   * @param crops RGB HWC, of one length
   * @returns `[crops, 3, length / 3]`
   */
  planes(crops: readonly Uint8Array[], { channelOrder, mean, scale }: PlanePixels): Float32Array {
    const bytes = crops[0]?.length ?? 0;
    const count = bytes / 3;
    const source = this.#reserve(aligned(bytes + SLACK_BYTES) + 12 * count * crops.length);
    const out = source + aligned(bytes + SLACK_BYTES);
    const all = new Uint8Array(this.#memory.buffer);
    const planeOf = (colour: number) => (channelOrder === 'rgb' ? colour : 2 - colour);
    const of = (values: PlanePixels['mean'], colour: number) =>
      typeof values === 'number' ? values : (values[planeOf(colour)] as number);
    const place = (colour: number, start: number, length: number) => start + 4 * length * planeOf(colour);
    for (const [index, crop] of crops.entries()) {
      all.set(crop, source);
      const first = out + 12 * count * index;
      // prettier-ignore
      this.#kernel.planes(
        source, count, place(0, first, count), place(1, first, count), place(2, first, count),
        1 / of(scale, 0), 1 / of(scale, 1), 1 / of(scale, 2),
        -of(mean, 0) / of(scale, 0), -of(mean, 1) / of(scale, 1), -of(mean, 2) / of(scale, 2),
      );
    }
    return new Float32Array(this.#memory.buffer, out, 3 * count * crops.length);
  }

  #scale(
    tables: number,
    columns: Span,
    rows: Span,
    target: { place: number; rowBytes: number; planeBytes: number },
  ): void {
    const rowTable = tables + COLUMN_BYTES * columns.count;
    const kernel = this.#kernel;
    const { count, start, step, length, outside } = columns;
    kernel.columns(tables, count, start, step, length, outside === 'nearest' ? 1 : 0);
    const nearest = rows.outside === 'nearest' ? 1 : 0;
    const frameRowBytes = 3 * this.#width;
    // prettier-ignore
    kernel.rows(rowTable, rows.count, rows.start, rows.step, rows.length, nearest, SLACK_BYTES, frameRowBytes);
    const { place, rowBytes, planeBytes } = target;
    kernel.scale(tables, columns.count, rowTable, rows.count, place, rowBytes, planeBytes);
  }

  #average(
    tables: number,
    square: Square,
    { place, sizePx, planeBytes }: { place: number; sizePx: number; planeBytes: number },
  ): void {
    const points = Math.min(POINTS_MAX, Math.ceil(square.size / sizePx / POINT_SPACING_MAX_PX));
    const count = sizePx * points;
    const words = new Int32Array(this.#memory.buffer, tables, 2 * count);
    const { size } = square;
    const across = { start: square.left, size, count, length: this.#width };
    const down = { start: square.top, size, count, length: this.#height };
    const rowBytes = 3 * this.#width;
    writePoints(words, across, (pixel) => 3 * pixel);
    writePoints(words.subarray(count), down, (pixel) => SLACK_BYTES + rowBytes * pixel);
    this.#kernel.average(tables, tables + 4 * count, sizePx, points, place, planeBytes);
  }

  #loadYuv({ data, width, height, format }: Frame, strideBytes: number): void {
    const luma = this.#reserve(data.length);
    new Uint8Array(this.#memory.buffer).set(data, luma);
    const chroma = luma + strideBytes * height;
    const isPlanar = format === 'i420';
    const chromaStride = isPlanar ? strideBytes / 2 : strideBytes;
    const v = isPlanar ? chroma + (chromaStride * height) / 2 : chroma + 1;
    const { black, gain, vr, ug, vg, ub } = YUV;
    for (let row = 0; row < height; row += 1) {
      const down = (row >> 1) * chromaStride;
      const step = isPlanar ? 1 : 2;
      const to = SLACK_BYTES + 3 * width * row;
      // prettier-ignore
      this.#kernel.rgb(luma + row * strideBytes, chroma + down, v + down, step, width, to, black, gain, vr, ug, vg, ub);
    }
  }

  /** Makes sure that so many bytes may be used behind the frame. @returns where they begin */
  #reserve(bytes: number): number {
    const missing = this.#work + bytes + 2 * SLACK_BYTES - this.#memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
      } catch (cause) {
        throw new FaceCoreError('frame/too-large', 'There is no memory for a frame of this size.', { cause });
      }
    }
    return this.#work;
  }
}

/** Gives pictures as RGB without gaps, in memory that is used again. */
export class PlainRgb {
  #pixels: Pixels | undefined;

  /**
   * The same picture as RGB without gaps: itself where it is that already, else a copy that the next call overwrites.
   *
   * @throws {FaceCoreError} `frame/invalid`
   */
  of(frame: Frame): Frame {
    assertFrame(frame);
    const { width, height, format = 'rgb', strideBytes } = frame;
    if (format === 'rgb' && (strideBytes ?? 3 * width) === 3 * width) return frame;
    this.#pixels ??= new Pixels();
    this.#pixels.load(frame);
    return { data: this.#pixels.rgb(), width, height };
  }
}

/** Writes for each of `count` points along `size` from `start` the place of its pixel, -1 outside the frame. */
function writePoints(
  words: Int32Array,
  { start, size, count, length }: { start: number; size: number; count: number; length: number },
  placeOf: (pixel: number) => number,
): void {
  for (let point = 0; point < count; point += 1) {
    const pixel = Math.floor(start + ((point + 0.5) * size) / count);
    words[point] = pixel >= 0 && pixel < length ? placeOf(pixel) : -1;
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / SLACK_BYTES) * SLACK_BYTES;
}
