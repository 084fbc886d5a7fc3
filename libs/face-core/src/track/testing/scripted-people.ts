import { ALIGNED_LANDMARKS } from '../../align/similarity-transform';
import type { Box, DetectedFace } from '../../detect/face';
import type { Frame } from '../../image/frame';
import { noiseBytes } from '../../testing/frames';
import { intersectionOverSmaller, intersectionOverUnion } from '../assign';
import type { FollowedDetector } from '../followed-detector';

/** One person's face in one frame, `size` pixels wide and high about (x, y). */
export interface ScriptedFace {
  /** Who; each number has a face of its own. */
  readonly person: number;
  readonly x: number;
  readonly y: number;
  /** Default 48. */
  readonly size?: number;
}

/** A face that says whose it is. */
export interface PersonFace extends DetectedFace {
  readonly person: number;
}

/** What is painted into a frame and found in it. */
export interface ScriptedFrame extends Frame {
  readonly people: readonly PersonFace[];
}

export const SCRIPTED_SIZE = { width: 320, height: 180 } as const;
/** Brightness is random at so many points along a side and smooth between, as a face's is. */
const POINTS = 7;

/** A face that another hides by more than this part is not found: its pixels are the other's. */
const COVERED_MAX = 0.3;

/** A grey frame with faces of random light and dark, one painted over another in order; `grey` makes another scene of it. */
export function scriptedFrame(faces: readonly ScriptedFace[], grey = 128): ScriptedFrame {
  const { width, height } = SCRIPTED_SIZE;
  const data = new Uint8Array(width * height * 3).fill(grey);
  for (const face of faces) paint(data, face);
  const people = faces.map(found);
  const covered = (face: PersonFace, index: number) =>
    people.slice(index + 1).some((other) => intersectionOverSmaller(face.box, other.box) > COVERED_MAX);
  return { data, width, height, people: people.filter((face, index) => !covered(face, index)) };
}

function paint(data: Uint8Array, { person, x, y, size = 48 }: ScriptedFace): void {
  const { width, height } = SCRIPTED_SIZE;
  const levels = noiseBytes((person + 1) * POINTS * POINTS).subarray(person * POINTS * POINTS);
  for (let v = 0; v < size; v += 1) {
    for (let u = 0; u < size; u += 1) {
      const [px, py] = [Math.round(x - size / 2) + u, Math.round(y - size / 2) + v];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const at = (py * width + px) * 3;
      data.fill(levelAt(levels, (u / size) * (POINTS - 1), (v / size) * (POINTS - 1)), at, at + 3);
    }
  }
}

function levelAt(levels: Uint8Array, u: number, v: number): number {
  const [column, row] = [Math.floor(u), Math.floor(v)];
  const [fu, fv] = [u - column, v - row];
  const of = (dv: number, du: number) => levels[(row + dv) * POINTS + column + du] as number;
  return (1 - fv) * ((1 - fu) * of(0, 0) + fu * of(0, 1)) + fv * ((1 - fu) * of(1, 0) + fu * of(1, 1));
}

function found({ person, x, y, size = 48 }: ScriptedFace): PersonFace {
  const box: Box = { x: Math.round(x - size / 2), y: Math.round(y - size / 2), width: size, height: size };
  const landmarks = ALIGNED_LANDMARKS.map((point) => ({
    x: box.x + (point.x * size) / 112,
    y: box.y + (point.y * size) / 112,
  }));
  return { person, box, score: 0.99, landmarks };
}

/** A detector that finds what a scripted frame says, and counts how it was asked. */
export class ScriptedDetector implements FollowedDetector<PersonFace> {
  /** How often a whole frame was searched. */
  detections = 0;
  /** How often expected places were looked at. */
  refinements = 0;

  detect(frame: Frame): Promise<PersonFace[]> {
    this.detections += 1;
    return Promise.resolve([...(frame as ScriptedFrame).people]);
  }

  refine(frame: Frame, boxes: readonly Box[]): Promise<(PersonFace | undefined)[]> {
    this.refinements += 1;
    const { people } = frame as ScriptedFrame;
    return Promise.resolve(
      boxes.map((box) => {
        const overlap = (face: PersonFace) => intersectionOverUnion(face.box, box);
        const [best] = [...people].sort((a, b) => overlap(b) - overlap(a));
        return best && overlap(best) > 0.2 ? best : undefined;
      }),
    );
  }
}
