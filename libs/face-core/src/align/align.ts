import type { Landmarks } from '../detect/face';
import { assertFrame, type Frame } from '../image/frame';
import { sampleAffine } from '../image/sample-affine';
import { ALIGNED_PX, faceToCrop } from './similarity-transform';

/**
 * Warps one face onto the ArcFace template with a least-squares similarity transform.
 *
 * @param landmarks five points in frame pixels, in the order of `Landmarks`
 * @returns a new RGB HWC uint8 crop, 112 x 112 x 3; pixels outside the frame are 0
 * @throws {FaceCoreError} `frame/invalid`, `landmarks/degenerate`
 */
export function align(frame: Frame, landmarks: Landmarks): Uint8Array {
  assertFrame(frame);
  return sampleAffine(frame, faceToCrop(landmarks), ALIGNED_PX);
}
