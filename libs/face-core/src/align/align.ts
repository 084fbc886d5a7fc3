import type { Landmarks } from '../detect/face';
import { assertFrame, rowBytesOf, type Frame } from '../image/frame';
import { Pixels, type Affine } from '../image/pixels';
import { ALIGNED_PX, faceInFrameToCrop } from './similarity-transform';

/** Warps faces onto the ArcFace template, in memory that is used again. */
export class Aligner {
  readonly #pixels = new Pixels();

  /**
   * Warps one face onto the ArcFace template with a least-squares similarity transform.
   *
   * @param landmarks five points in frame pixels, in the order of `Landmarks`
   * @returns a new RGB HWC uint8 crop, 112 x 112 x 3; pixels outside the frame are 0
   * @throws {FaceCoreError} `frame/invalid`, `landmarks/degenerate`
   */
  align(frame: Frame, landmarks: Landmarks): Uint8Array {
    assertFrame(frame);
    const affine = faceInFrameToCrop(landmarks, frame);
    const { part, left, top } = partOf(frame, affine);
    this.#pixels.load(part);
    return this.#pixels.warp({ ...affine, x0: affine.x0 - left, y0: affine.y0 - top }, ALIGNED_PX);
  }
}

/** {@link Aligner.align} of a single face, without anything that is kept. */
export function align(frame: Frame, landmarks: Landmarks): Uint8Array {
  return new Aligner().align(frame, landmarks);
}

/** Bytes of each row from which on copying row by row what is needed takes less time than copying whole rows at once. */
const SPARED_BYTES_MIN = 5_000;

/** The part of the frame that a warp reads, so that no more than that is copied. */
function partOf(frame: Frame, affine: Affine): { part: Frame; left: number; top: number } {
  // Chroma is shared by neighbours: frames of that kind are taken whole.
  if (frame.format && frame.format !== 'rgb') return { part: frame, left: 0, top: 0 };
  const { xu, xv, x0, yu, yv, y0 } = affine;
  const far = ALIGNED_PX - 1;
  const xs = [x0, x0 + xu * far, x0 + xv * far, x0 + (xu + xv) * far];
  const ys = [y0, y0 + yu * far, y0 + yv * far, y0 + (yu + yv) * far];
  const { strideBytes = rowBytesOf(frame) } = frame;
  const [top, bottom] = within(ys, frame.height);
  const [narrowLeft, narrowRight] = within(xs, frame.width);
  const isNarrow = strideBytes - 3 * (narrowRight - narrowLeft) > SPARED_BYTES_MIN;
  const [left, right] = isNarrow ? [narrowLeft, narrowRight] : [0, frame.width];
  const first = top * strideBytes + 3 * left;
  return {
    part: {
      data: frame.data.subarray(first, first + (bottom - top - 1) * strideBytes + 3 * (right - left)),
      width: right - left,
      height: bottom - top,
      strideBytes,
    },
    left,
    top,
  };
}

/** The pixels between the least and the greatest value, with those that are blended in, at least one. */
function within(values: readonly number[], length: number): [from: number, to: number] {
  const from = Math.min(length - 1, Math.max(0, Math.floor(Math.min(...values)) - 1));
  const to = Math.max(from + 1, Math.min(length, Math.ceil(Math.max(...values)) + 2));
  return [from, to];
}
