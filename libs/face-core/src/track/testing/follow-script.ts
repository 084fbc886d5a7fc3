import { FaceFollower } from '../face-follower';
import type { FollowedRecognizer } from '../followed-detector';
import type { FaceFollowerOptions } from '../follower-options';
import type { Track } from '../track';
import {
  ScriptedDetector,
  scriptedFrame,
  type PersonFace,
  type ScriptedFace,
  type ScriptedFrame,
} from './scripted-people';

/** Time from one frame to the next. */
export const FRAME_MS = 40;

/** A recognizer that knows every scripted person, and counts what it was asked. */
export function knowing(): FollowedRecognizer<PersonFace> & { embed: jest.Mock } {
  return {
    similarityMin: 0.6,
    embed: jest.fn((_frame: unknown, { person }: PersonFace) => {
      const embedding = new Float32Array(16);
      embedding[person] = 1;
      return Promise.resolve(embedding);
    }),
  };
}

/** A follower of scripted people, and a way to show it frames. */
export function follow(options: FaceFollowerOptions<PersonFace> = {}) {
  const detector = new ScriptedDetector();
  const follower = new FaceFollower(detector, options);
  let atMs = 0;
  /** Shows one more frame, `FRAME_MS` after the last one, and gives the visible tracks. */
  const show = async (
    frame: readonly ScriptedFace[] | ScriptedFrame,
    laterMs = FRAME_MS,
  ): Promise<Track<PersonFace>[]> => {
    atMs += laterMs;
    const tracks = await follower.update('people' in frame ? frame : scriptedFrame(frame), atMs);
    return tracks.filter((track) => track.visible);
  };
  return { detector, follower, show };
}

/** A person on the left. */
export const MINA: ScriptedFace = { person: 1, x: 80, y: 60 };
/** A person on the right. */
export const JUNO: ScriptedFace = { person: 2, x: 220, y: 60 };

/** A frame in which nothing is painted, whoever is found in it. */
export function plainOf(faces: readonly ScriptedFace[]): ScriptedFrame {
  return { ...scriptedFrame([]), people: scriptedFrame(faces).people };
}
