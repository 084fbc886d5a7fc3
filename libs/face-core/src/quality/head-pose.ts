import type { Landmarks, Point } from '../detect/face';
import { FaceCoreError } from '../errors';

/** Which way a head looks; 0, 0, 0 is straight into the camera. Signs as in ISO/IEC 39794-5. */
export interface HeadPose {
  /** -90 to 90 degrees; positive towards the person's own left, which is the right in the picture. */
  readonly yawDeg: number;
  /** -180 to 180 degrees; positive downwards. */
  readonly pitchDeg: number;
  /** -180 to 180 degrees; positive towards the person's own right shoulder, anticlockwise in the picture. */
  readonly rollDeg: number;
}

/**
 * The five points on a head: x to the right of the picture, y down, z to the camera; the eyes are 2 apart.
 *
 * Fitted to 200 photographs of AFLW2000-3D with their hand-made points; the width of the mouth was set.
 */
const HEAD = [
  [-1, 0, 0],
  [1, 0, 0],
  [0, 0.73, 1.43],
  [-0.8, 1.5, 0.39],
  [0.8, 1.5, 0.39],
] as const;

type Vector = readonly [number, number, number];

/** From the five points' x or y, the row of the 2 x 3 projection that fits them best: the pseudo-inverse of the head. */
const PROJECTOR = projectorOf(HEAD);

/** Below this part of its length a projection has collapsed to a line: no head looks like that. */
const FLATNESS_MIN = 1e-3;
/** Points nearer together than this, root mean square from their centre in pixels, say nothing of a pose. */
const SPREAD_MIN_PX = 1;
/** Beyond 60 degrees the eyes' distance says more about the yaw's error than about the face's size. */
const COSINE_MIN = 0.5;

/**
 * Estimates the pose from five landmarks with a rigid head under scaled orthographic projection.
 *
 * The least-squares projection of a fixed head of five points is brought to the nearest scaled rotation (polar
 * decomposition), which gives the angles in closed form.
 *
 * Mean absolute error of yaw, pitch, roll in degrees, on the 200 development photographs of AFLW2000-3D (yaw up to 60):
 * with their hand-made points 2.4, 4.6, 2.6 (four-fold cross-validation), within 30 degrees of yaw 2.2, 3.6, 1.6 (95 %
 * are within 6.5, 9.6, 5.2); with the detector's points 4.4, 5.8, 2.6, within 15 degrees 2.7, 4.5, 1.4. Far turns
 * are underestimated from the detector's points, by 7 degrees at 30 to 45 and by 16 beyond.
 *
 * @param landmarks five points in pixels, in the order of `Landmarks`
 * @throws {FaceCoreError} `landmarks/degenerate` when there are not five finite points, or they lie on one spot or line
 */
export function headPose(landmarks: Landmarks): HeadPose {
  assertLandmarks(landmarks);
  const across = rowOf(landmarks.map(({ x }) => x));
  const down = rowOf(landmarks.map(({ y }) => y));
  const [right, below] = nearestRotation(across, down);
  const forward = cross(right, below);
  return {
    yawDeg: degrees(Math.asin(Math.max(-1, Math.min(1, -forward[0])))),
    pitchDeg: degrees(Math.atan2(-forward[1], forward[2])),
    rollDeg: degrees(Math.atan2(-below[0], right[0])),
  };
}

/**
 * Distance between the eyes as it would be if the face looked straight, in pixels: the landmarks' distance divided by
 * the cosine of the yaw, as ISO/IEC 29794-5 has it; a yaw beyond 60 degrees counts as 60.
 */
export function interEyeDistancePx(landmarks: Landmarks, yawDeg: number): number {
  const [left, right] = landmarks as [Point, Point];
  const distance = Math.hypot(right.x - left.x, right.y - left.y);
  return distance / Math.max(COSINE_MIN, Math.cos((yawDeg * Math.PI) / 180));
}

/** @throws {FaceCoreError} `landmarks/degenerate` */
function assertLandmarks(landmarks: Landmarks): void {
  if (landmarks.length !== HEAD.length) throw degenerate(`there are ${landmarks.length}, not 5`);
  if (!landmarks.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) {
    throw degenerate('one is not finite');
  }
  const centreX = landmarks.reduce((sum, { x }) => sum + x, 0) / HEAD.length;
  const centreY = landmarks.reduce((sum, { y }) => sum + y, 0) / HEAD.length;
  const squares = landmarks.reduce((sum, { x, y }) => sum + (x - centreX) ** 2 + (y - centreY) ** 2, 0);
  if (Math.sqrt(squares / HEAD.length) < SPREAD_MIN_PX) throw degenerate('they lie on one spot');
}

function rowOf(values: readonly number[]): Vector {
  const row: [number, number, number] = [0, 0, 0];
  for (const [point, value] of values.entries()) {
    const weights = PROJECTOR[point] as Vector;
    for (let axis = 0; axis < 3; axis += 1)
      row[axis] = (row[axis] as number) + (weights[axis] as number) * value;
  }
  return row;
}

/** The two orthonormal rows nearest to two rows, up to a common scale: (M Mᵀ)^(-1/2) M. */
function nearestRotation(first: Vector, second: Vector): [Vector, Vector] {
  const a = dot(first, first);
  const b = dot(first, second);
  const c = dot(second, second);
  const root = Math.sqrt(Math.max(0, a * c - b * b));
  if (!(root > FLATNESS_MIN * (a + c))) throw degenerate('they lie on one line');
  // The square root of a symmetric 2 x 2 matrix is (S + sqrt(det S) I) / t; here its inverse is wanted.
  const t = Math.sqrt(a + c + 2 * root);
  const scale = 1 / (root * t);
  const [aa, bb, cc] = [(c + root) * scale, -b * scale, (a + root) * scale];
  return [combined(aa, first, bb, second), combined(bb, first, cc, second)];
}

/** The pseudo-inverse of centred points, one row a point: (XᵀX)⁻¹ Xᵀ, transposed. */
function projectorOf(points: readonly Vector[]): Vector[] {
  const centre = [0, 1, 2].map(
    (axis) => points.reduce((sum, point) => sum + (point[axis] as number), 0) / points.length,
  );
  const centred = points.map(
    (point) => point.map((value, axis) => value - (centre[axis] as number)) as unknown as Vector,
  );
  const columns = [0, 1, 2].map((axis) => centred.map((point) => point[axis] as number));
  const gram = columns.map((a) =>
    columns.map((b) => a.reduce((sum, value, index) => sum + value * (b[index] as number), 0)),
  ) as unknown as [Vector, Vector, Vector];
  const [u, v, w] = gram;
  const determinant = dot(u, cross(v, w));
  // The inverse of a symmetric matrix has its rows' cross products as rows.
  const inverse = [cross(v, w), cross(w, u), cross(u, v)];
  return centred.map((point) => inverse.map((row) => dot(row, point) / determinant) as unknown as Vector);
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function combined(p: number, a: Vector, q: number, b: Vector): Vector {
  return [p * a[0] + q * b[0], p * a[1] + q * b[1], p * a[2] + q * b[2]];
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

function degenerate(why: string): FaceCoreError {
  return new FaceCoreError('landmarks/degenerate', `These landmarks have no pose: ${why}.`);
}
