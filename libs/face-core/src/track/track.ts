import type { DetectedFace } from '../detect/face';

/** One face followed through consecutive frames. The same track is the same visit of one face, never two people. */
export interface Track<F extends DetectedFace = DetectedFace> {
  /** UUID, unique for ever: an ended track's id never comes back. */
  readonly id: string;
  /** The face as last seen. */
  readonly face: F;
  /** Whether the face was in the frame of the latest update. */
  readonly visible: boolean;
  readonly startedAtMs: number;
  readonly seenAtMs: number;
  /** Frames that the face was seen in. */
  readonly observations: number;
}

/** Size of the frame that faces were found in, pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}
