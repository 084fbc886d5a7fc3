import type { Box, DetectedFace } from '../detect/face';
import type { Frame } from '../image/frame';
import { intersectionOverSmaller } from './assign';
import type { DetectionReason } from './detection-schedule';
import type { FollowedDetector } from './followed-detector';

/** How the faces of one frame are to be found. */
export interface FaceSearch<F extends DetectedFace> {
  readonly detector: FollowedDetector<F>;
  readonly limits: { readonly faceSizeMinPx?: number; readonly facesMax?: number };
  /** Where followed faces should be. */
  readonly expected: readonly Box[];
  /** Why the whole frame must be searched; nothing if it need not be. */
  readonly reason: DetectionReason | undefined;
  /** Whether the whole frame may be searched for a followed face that is not found. */
  readonly searchWhenLost: boolean;
}

/** The faces of one frame. */
export interface FoundFaces<F extends DetectedFace> {
  /** No two of them lie on one another. */
  readonly faces: F[];
  /** Why the whole frame was searched; nothing if it was not. */
  readonly reason: DetectionReason | undefined;
}

/**
 * Finds the faces of a frame, by a look at the expected places where that does.
 *
 * A whole search also looks at the places where it found nobody: the first network misses turned faces that the other
 * two know.
 */
export async function facesInFrame<F extends DetectedFace>(
  frame: Frame,
  { detector, limits, expected, reason, searchWhenLost }: FaceSearch<F>,
): Promise<FoundFaces<F>> {
  if (reason) {
    const detected = await detector.detect(frame, limits);
    const missing = expected.filter((box) => !liesOnOne(box, detected));
    return { faces: distinctFaces([...detected, ...(await refined(detector, frame, missing))]), reason };
  }
  const found = distinctFaces(await refined(detector, frame, expected));
  if (found.length === expected.length || !searchWhenLost) return { faces: found, reason: undefined };
  return { faces: distinctFaces([...(await detector.detect(frame, limits)), ...found]), reason: 'lost' };
}

/** Share of the smaller box from which two boxes show one face. The cascade's own last suppression has 0.7. */
const SAME_FACE_MIN = 0.6;

/**
 * Drops every face that lies on an earlier one: two boxes that were followed onto one face become one.
 *
 * @returns the rest, in order; no two of them share 0.6 of the smaller
 */
export function distinctFaces<F extends DetectedFace>(faces: readonly F[]): F[] {
  const kept: F[] = [];
  for (const face of faces) if (!liesOnOne(face.box, kept)) kept.push(face);
  return kept;
}

function liesOnOne(box: Box, faces: readonly DetectedFace[]): boolean {
  return faces.some((face) => intersectionOverSmaller(face.box, box) >= SAME_FACE_MIN);
}

async function refined<F extends DetectedFace>(
  detector: FollowedDetector<F>,
  frame: Frame,
  boxes: readonly Box[],
): Promise<F[]> {
  const inside = boxes.filter((box) => touches(frame, box));
  if (inside.length === 0) return [];
  const found = await detector.refine(frame, inside);
  return found.filter((face) => face !== undefined);
}

function touches(frame: Frame, box: Box): boolean {
  return box.x < frame.width && box.y < frame.height && box.x + box.width > 0 && box.y + box.height > 0;
}
