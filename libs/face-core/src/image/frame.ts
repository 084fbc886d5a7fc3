import { FaceCoreError } from '../errors';

/**
 * One picture in memory: RGB, interleaved rows from the top (HWC), uint8.
 *
 * `data.length === width * height * 3`. Nothing in face-core writes to `data`.
 */
export interface Frame {
  readonly data: Uint8Array;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

/**
 * Lets only a frame pass whose size and data agree.
 *
 * @throws {FaceCoreError} `frame/invalid` when a side is no positive whole number or the length of `data` differs
 *   from `width * height * 3`
 */
export function assertFrame(frame: Frame): void {
  const { data, width, height } = frame;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new FaceCoreError('frame/invalid', `A frame cannot be ${width} x ${height} pixels.`);
  }
  if (!(data instanceof Uint8Array) || data.length !== width * height * 3) {
    const length = data instanceof Uint8Array ? `${data.length} bytes` : 'no bytes';
    throw new FaceCoreError(
      'frame/invalid',
      `A frame of ${width} x ${height} RGB pixels has ${width * height * 3} bytes, not ${length}.`,
    );
  }
}
