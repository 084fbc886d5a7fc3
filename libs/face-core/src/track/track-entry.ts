import { randomUUID } from 'node:crypto';

import type { DetectedFace } from '../detect/face';
import type { Prediction } from './assign';
import { predict, type Motion } from './motion';
import type { Track } from './track';

/** A track and how its face moves. */
export interface TrackEntry<F extends DetectedFace> {
  readonly track: Track<F>;
  readonly motion: Motion;
}

/** A new track of one face, at rest until it was seen twice. */
export function startedEntry<F extends DetectedFace>(face: F, atMs: number): TrackEntry<F> {
  return {
    track: { id: randomUUID(), face, visible: true, startedAtMs: atMs, seenAtMs: atMs, observations: 1 },
    motion: { xPerMs: 0, yPerMs: 0 },
  };
}

/** The track with one more look at its face. `atMs` is later than the last look. */
export function observedEntry<F extends DetectedFace>(
  entry: TrackEntry<F>,
  face: F,
  atMs: number,
): TrackEntry<F> {
  const { track } = entry;
  const elapsedMs = atMs - track.seenAtMs;
  const xPerMs = (face.box.x + face.box.width / 2 - track.face.box.x - track.face.box.width / 2) / elapsedMs;
  const yPerMs =
    (face.box.y + face.box.height / 2 - track.face.box.y - track.face.box.height / 2) / elapsedMs;
  return {
    track: { ...track, face, visible: true, seenAtMs: atMs, observations: track.observations + 1 },
    // Half the old speed: detection jitters by some pixels from frame to frame.
    motion: {
      xPerMs: (entry.motion.xPerMs + xPerMs) / 2,
      yPerMs: (entry.motion.yPerMs + yPerMs) / 2,
    },
  };
}

/** The track as one whose face is not in the frame. */
export function unseenTrack<F extends DetectedFace>({ track }: TrackEntry<F>): Track<F> {
  return { ...track, visible: false };
}

/** Where the track's face should be now. */
export function expectedAt<F extends DetectedFace>(
  { track, motion }: TrackEntry<F>,
  atMs: number,
): Prediction {
  const elapsedMs = atMs - track.seenAtMs;
  return { box: predict(motion, track.face.box, elapsedMs), elapsedMs };
}
