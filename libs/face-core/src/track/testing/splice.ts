import type { Box, DetectedFace } from '../../detect/face';
import type { Frame } from '../../image/frame';
import { intersectionOverUnion } from '../assign';
import type { FollowedDetector } from '../followed-detector';

/** The frame with a part of another frame cut out and laid over a box of it, scaled to fit. */
export function pasted(onto: Frame, at: Box, from: Frame, part: Box): Frame {
  const data = onto.data.slice();
  const [left, top] = [Math.round(at.x), Math.round(at.y)];
  for (let y = Math.max(0, top); y < Math.min(onto.height, top + at.height); y += 1) {
    const sourceY = within(part.y + ((y - top) / at.height) * part.height, from.height);
    for (let x = Math.max(0, left); x < Math.min(onto.width, left + at.width); x += 1) {
      const sourceX = within(part.x + ((x - left) / at.width) * part.width, from.width);
      const source = (sourceY * from.width + sourceX) * 3;
      data.set(from.data.subarray(source, source + 3), (y * onto.width + x) * 3);
    }
  }
  return { ...onto, data };
}

function within(position: number, length: number): number {
  return Math.min(length - 1, Math.max(0, Math.round(position)));
}

/** Overlap from which a face is the one that was expected at a box. */
const OVERLAP_MIN = 0.3;

/**
 * A follower's detector out of one that can only search whole frames: refining gives, for each box, the face that
 * overlaps it best.
 */
export function refiningByDetection(detect: (frame: Frame) => Promise<DetectedFace[]>): FollowedDetector {
  return {
    detect,
    refine: async (frame, boxes) => {
      const faces = await detect(frame);
      return boxes.map((box) => {
        const overlap = (face: DetectedFace) => intersectionOverUnion(face.box, box);
        const [best] = [...faces].sort((a, b) => overlap(b) - overlap(a));
        return best && overlap(best) >= OVERLAP_MIN ? best : undefined;
      });
    },
  };
}
