import type { DetectedFace } from '../detect/face';

/** All numbers of a face's box and landmarks, in pixels. */
export function placesOf({ box, landmarks }: DetectedFace): number[] {
  return [box.x, box.y, box.width, box.height, ...landmarks.flatMap(({ x, y }) => [x, y])];
}

/** The largest difference of two lists of numbers; Infinity where their lengths differ, NaN where a number is none. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let at = 0; at < a.length; at += 1) {
    // Math.max keeps a NaN.
    largest = Math.max(largest, Math.abs((a[at] as number) - (b[at] as number)));
  }
  return largest;
}

/** How far the faces of two lists, in their order, lie apart: the largest difference, in pixels. */
export function distanceOfFaces(a: readonly DetectedFace[], b: readonly DetectedFace[]): number {
  return largestDifference(a.flatMap(placesOf), b.flatMap(placesOf));
}

/** Shared area of two faces' boxes in parts of all that they cover, 0 to 1. */
export function overlapOfFaces({ box: a }: DetectedFace, { box: b }: DetectedFace): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** Mean distance of the landmarks of two faces, in parts of the first one's size (the root of its box's area). */
export function landmarkDistance(a: DetectedFace, b: DetectedFace): number {
  const distances = a.landmarks.map(({ x, y }, at) =>
    Math.hypot(x - (b.landmarks[at]?.x ?? NaN), y - (b.landmarks[at]?.y ?? NaN)),
  );
  const mean = distances.reduce((sum, each) => sum + each, 0) / distances.length;
  return mean / Math.sqrt(a.box.width * a.box.height);
}
