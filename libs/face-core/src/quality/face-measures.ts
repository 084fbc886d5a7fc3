import type { Box, Landmarks } from '../detect/face';
import { FaceCoreError } from '../errors';
import type { FrameSize } from '../track/tracker';
import { lumaOf } from './aligned-luma';
import type { Expression } from './expression-model';
import { features, type Features } from './features';
import { headPose, interEyeDistancePx, type HeadPose } from './head-pose';
import { illumination, type Illumination } from './illumination';
import { sharpness } from './sharpness';

/** What a quality measurement takes. */
export interface QualityInput {
  /** The face as `align` gives it: RGB HWC uint8, 112 x 112 x 3. Not modified. */
  readonly crop: Uint8Array;
  /** In pixels of the frame, as the detector gives it. */
  readonly box: Box;
  /** In pixels of the frame, as the detector gives them. */
  readonly landmarks: Landmarks;
  readonly frame: FrameSize;
  /** Eyes and mouth as `ExpressionModel` measured them; better than what the crop alone tells, and used instead. */
  readonly expression?: Expression;
  /** Pose as `PoseModel` estimated it; better than what five landmarks tell, and used instead. */
  readonly pose?: HeadPose;
}

/** What can be measured of one face. Names of ISO/IEC 29794-5 are given where it has the same thing. */
export interface FaceMeasures extends HeadPose, Illumination, Features {
  /**
   * Between the eyes as if the face looked straight, in pixels of the frame; 0 and more. ISO/IEC 29794-5:
   * InterEyeDistance.
   */
  readonly interEyeDistancePx: number;
  /** 0 (blurred) to 1, at the size of the aligned crop. ISO/IEC 29794-5: Sharpness. */
  readonly sharpness: number;
  /** Part of the box that lies inside the frame, 0 to 1. ISO/IEC 29794-5: the four crops of the face image. */
  readonly inFrame: number;
  /**
   * Whether eyes and mouth were measured by a network. From pixels alone they follow one face over time well, but differ
   * between people so much that they say nothing of a single picture.
   */
  readonly expressionKnown: boolean;
  /** Height of the box in parts of the frame's height; 0 and more. ISO/IEC 29794-5: HeadSize. */
  readonly headSize: number;
}

/**
 * Measures one face in about half a millisecond. Pure: the same input gives the same numbers on every machine.
 *
 * @throws {FaceCoreError} `crop/invalid`, `landmarks/degenerate`, `box/invalid` (no area, or not finite)
 */
export function measureFace(input: QualityInput): FaceMeasures {
  const pose = input.pose ?? headPose(input.landmarks);
  const inFrame = partInside(input.box, input.frame);
  const luma = lumaOf(input.crop);
  return {
    ...pose,
    interEyeDistancePx: interEyeDistancePx(input.landmarks, pose.yawDeg),
    inFrame,
    headSize: input.box.height / input.frame.height,
    sharpness: sharpness(luma),
    ...illumination(luma),
    ...features(luma),
    ...input.expression,
    expressionKnown: input.expression !== undefined,
  };
}

function partInside({ x, y, width, height }: Box, frame: FrameSize): number {
  const area = width * height;
  if (!(width > 0 && height > 0) || !Number.isFinite(area) || !Number.isFinite(x + y)) {
    throw new FaceCoreError('box/invalid', 'The box of a face has an area and is finite.');
  }
  const across = Math.max(0, Math.min(frame.width, x + width) - Math.max(0, x));
  const down = Math.max(0, Math.min(frame.height, y + height) - Math.max(0, y));
  return Math.min(1, (across * down) / area);
}
