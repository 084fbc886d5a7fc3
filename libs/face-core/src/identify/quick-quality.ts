import { ALIGNED_PX } from '../align/similarity-transform';
import type { Box, DetectedFace, Landmarks, Point } from '../detect/face';
import type { FrameSize } from '../track/track';

/**
 * How good a face is for comparing, 0 (useless) to 1 (large, frontal, whole, certain), from its box and landmarks
 * alone: it costs nothing, and says which faces of a frame are worth a closer look.
 *
 * A product of four parts: the detector's score, size up to an aligned crop's side (a face with fewer pixels has been
 * enlarged), frontality, and how much of the box lies in the frame.
 */
export function quickQuality(face: DetectedFace, frame: FrameSize): number {
  const size = Math.min(1, Math.min(face.box.width, face.box.height) / ALIGNED_PX);
  return clamp01(face.score) * size * frontality(face.landmarks) * visibleShare(face.box, frame);
}

/**
 * How frontal a face is, 0 (profile) to 1 (straight), from where the nose tip stands along the line between the eyes
 * and along that between the mouth's corners.
 */
export function frontality(landmarks: Landmarks): number {
  const [eyeLeft, eyeRight, nose, mouthLeft, mouthRight] = landmarks;
  if (!eyeLeft || !eyeRight || !nose || !mouthLeft || !mouthRight) return 0;
  const offset = (a: Point, b: Point): number => {
    const along = { x: b.x - a.x, y: b.y - a.y };
    const lengthSquared = along.x ** 2 + along.y ** 2;
    if (lengthSquared < 1) return 1;
    const at = ((nose.x - a.x) * along.x + (nose.y - a.y) * along.y) / lengthSquared;
    return Math.abs(at - 0.5) * 2;
  };
  const turned = (offset(eyeLeft, eyeRight) + offset(mouthLeft, mouthRight)) / 2;
  return clamp01(1 - turned);
}

/** The share of a box that lies inside the frame, 0 to 1. */
export function visibleShare(box: Box, frame: FrameSize): number {
  const width = Math.min(box.x + box.width, frame.width) - Math.max(box.x, 0);
  const height = Math.min(box.y + box.height, frame.height) - Math.max(box.y, 0);
  if (width <= 0 || height <= 0) return 0;
  return clamp01((width * height) / (box.width * box.height));
}

/**
 * Whether a frame's face is worth comparing, given how long its track has waited: at first only good ones, later
 * whatever there is, so that a bad first glance denies nobody and a bad camera still decides.
 */
export function isWorthEmbedding(quality: number, waitedMs: number): boolean {
  if (waitedMs >= 2000) return quality > 0;
  return quality >= (waitedMs >= 1000 ? 0.2 : 0.4);
}

function clamp01(value: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(1, value)) : 0;
}
