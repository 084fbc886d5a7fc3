import type { IdentificationReason } from '../../identify/identify';

/** One frame of a recording as a door's chain saw it. */
export interface TracedFrame {
  /** From the recording's beginning. */
  readonly atMs: number;
  /** Whether a face of any size is found in it. */
  readonly isSeen: boolean;
  /** Whether the door follows a face in it: one that is large enough. */
  readonly isInRange: boolean;
  /** What the chain took for this frame: follow, align, embed, compare. */
  readonly processingMs: number;
}

/** A verdict on a face: somebody, or nobody after patience has ended. */
export interface TracedDecision {
  /** When its last frame was shown, from the recording's beginning. */
  readonly atMs: number;
  readonly reason: IdentificationReason;
  /** Who passes; null when nobody does. */
  readonly personId: string | null;
  /** Whom the face resembles most, whether or not they pass; null in an empty gallery. */
  readonly bestPersonId: string | null;
  readonly similarity: number | null;
  /** Frames of this face that were embedded up to here. */
  readonly frames: number;
  /** From its last frame to the verdict. */
  readonly processingMs: number;
}

/** What a chain did with one recording. */
export interface VideoTrace {
  readonly frames: readonly TracedFrame[];
  readonly decisions: readonly TracedDecision[];
}
