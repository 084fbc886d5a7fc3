import { FaceCoreError } from '../errors';
import type { Landmarks, Point } from '../detect/face';
import type { Affine } from '../image/pixels';
import type { FrameSize } from '../track/tracker';

/** Side of an aligned face, in pixels. */
export const ALIGNED_PX = 112;

/**
 * Where the five points of a face lie in an aligned crop, in pixels of it.
 *
 * @see Deng et al., ArcFace, CVPR 2019
 */
export const ALIGNED_LANDMARKS: Landmarks = [
  { x: 38.2946, y: 51.6963 },
  { x: 73.5318, y: 51.5014 },
  { x: 56.0252, y: 71.7366 },
  { x: 41.5493, y: 92.3655 },
  { x: 70.7299, y: 92.2041 },
];

/** Spread below which points say nothing of a face's size: their root mean square distance from the centre, pixels. */
const SPREAD_MIN_PX = 1;
/** A mirrored or scrambled face fits best when shrunk to nothing; in parts of the scale that the spreads suggest. */
const FIT_MIN = 0.1;
/** With fewer landmarks in the frame hardly anything of a face is seen. */
const LANDMARKS_IN_FRAME_MIN = 2;

/**
 * The least-squares similarity (rotation, uniform scale, shift; never a reflection) from the aligned crop to a face.
 *
 * @param landmarks five finite points in frame pixels
 * @returns for a pixel of the crop, where in the frame it comes from
 * @throws {FaceCoreError} `landmarks/degenerate` when there are not five finite points, they have no spread, or no
 *   similarity brings them anywhere near a face
 * @see Umeyama 1991; in the plane, without reflection, his solution is this closed form
 */
export function faceToCrop(landmarks: Landmarks): Affine {
  if (landmarks.length !== ALIGNED_LANDMARKS.length) {
    throw degenerate(`there are ${landmarks.length}, not 5`);
  }
  if (!landmarks.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)))
    throw degenerate('one is not finite');
  const from = centreOf(landmarks);
  const to = centreOf(ALIGNED_LANDMARKS);
  let along = 0;
  let across = 0;
  let spread = 0;
  let templateSpread = 0;
  for (const [index, point] of landmarks.entries()) {
    const target = ALIGNED_LANDMARKS[index] as Point;
    const [fx, fy, tx, ty] = [point.x - from.x, point.y - from.y, target.x - to.x, target.y - to.y];
    along += fx * tx + fy * ty;
    across += fx * ty - fy * tx;
    spread += fx * fx + fy * fy;
    templateSpread += tx * tx + ty * ty;
  }
  if (Math.sqrt(spread / landmarks.length) < SPREAD_MIN_PX) throw degenerate('they lie on one spot');
  if (Math.hypot(along, across) < FIT_MIN * Math.sqrt(spread * templateSpread)) {
    throw degenerate('they are no face, not even a turned one');
  }
  // The map from face to crop is [a -b; b a]; crops are sampled the other way round, so its inverse is wanted.
  const a = along / spread;
  const b = across / spread;
  const determinant = a * a + b * b;
  const xu = a / determinant;
  const xv = b / determinant;
  return {
    xu,
    xv,
    x0: from.x - xu * to.x - xv * to.y,
    yu: -xv,
    yv: xu,
    y0: from.y + xv * to.x - xu * to.y,
  };
}

/**
 * {@link faceToCrop} for a face that a frame shows.
 *
 * A crop that lies beyond the frame is black, and all black crops have one and the same embedding: they would match each
 * other perfectly.
 *
 * @throws {FaceCoreError} `landmarks/degenerate` also when fewer than two landmarks lie in the frame
 */
export function faceInFrameToCrop(landmarks: Landmarks, { width, height }: FrameSize): Affine {
  const affine = faceToCrop(landmarks);
  const inside = landmarks.filter(({ x, y }) => x >= 0 && y >= 0 && x < width && y < height);
  if (inside.length >= LANDMARKS_IN_FRAME_MIN) return affine;
  throw degenerate('they lie outside the frame');
}

function centreOf(points: Landmarks): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x;
    y += point.y;
  }
  return { x: x / points.length, y: y / points.length };
}

function degenerate(why: string): FaceCoreError {
  return new FaceCoreError('landmarks/degenerate', `These landmarks cannot be aligned: ${why}.`);
}
