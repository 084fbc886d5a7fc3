import { FaceCoreError } from '../errors';

/**
 * How a frame's bytes lie.
 *
 * `rgb`: interleaved RGB. `nv12`: a plane of luma, then one of interleaved U and V at half the size both ways. `i420`:
 * luma, then U, then V. Both of the latter are BT.601 in video range, as cameras give them; their sides are even.
 */
export const FRAME_FORMATS = ['rgb', 'nv12', 'i420'] as const;

/** One of {@link FRAME_FORMATS}. */
export type FrameFormat = (typeof FRAME_FORMATS)[number];

/** One picture in memory, rows from the top, uint8. Nothing in face-core writes to `data`. */
export interface Frame {
  /** RGB: `strideBytes * height` bytes; NV12 and I420: half as many again. */
  readonly data: Uint8Array;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Default `rgb`. */
  readonly format?: FrameFormat;
  /** Bytes from one row to the next, of luma where there is such; chroma of I420 has half. Default: no gap. */
  readonly strideBytes?: number;
}

/** Bytes that a row takes without a gap. */
export function rowBytesOf({ width, format = 'rgb' }: Pick<Frame, 'width' | 'format'>): number {
  return format === 'rgb' ? 3 * width : width;
}

/**
 * Lets only a frame pass whose size, layout and data agree.
 *
 * @throws {FaceCoreError} `frame/invalid` when a side is no positive whole number, the format is unknown, a stride does
 *   not fit, `data` is no `Uint8Array` (floats are not taken, so that no pixel can be NaN or infinite) or its length
 *   is not what size and layout make it
 */
export function assertFrame(frame: Frame): void {
  const { data, width, height, format = 'rgb' } = frame;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw invalid(`A frame cannot be ${width} x ${height} pixels.`);
  }
  if (!FRAME_FORMATS.includes(format)) {
    throw invalid(`A frame's format is one of ${FRAME_FORMATS.join(', ')}, not ${String(format)}.`);
  }
  if (format !== 'rgb' && (width % 2 !== 0 || height % 2 !== 0)) {
    throw invalid(`The sides of a frame in ${format} are even, not ${width} x ${height}.`);
  }
  const rowBytes = rowBytesOf(frame);
  const { strideBytes = rowBytes } = frame;
  if (
    !Number.isInteger(strideBytes) ||
    strideBytes < rowBytes ||
    (format === 'i420' && strideBytes % 2 !== 0)
  ) {
    throw invalid(`Rows of ${rowBytes} bytes do not fit a stride of ${strideBytes}.`);
  }
  const bytes = strideBytes * height * (format === 'rgb' ? 1 : 1.5);
  if (!(data instanceof Uint8Array) || data.length !== bytes) {
    const got = data instanceof Uint8Array ? `${data.length} bytes` : 'no Uint8Array';
    throw invalid(`A frame of ${width} x ${height} pixels in ${format} has ${bytes} bytes, not ${got}.`);
  }
}

function invalid(message: string): FaceCoreError {
  return new FaceCoreError('frame/invalid', message);
}
