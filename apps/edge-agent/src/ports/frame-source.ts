import type { CameraFaultKind } from '@munjigi/contracts';

/** One picture of a camera, in a buffer that is shared and used again. */
export interface CapturedFrame {
  /** RGB, interleaved HWC, uint8, `width * height * 3` bytes; valid until the last holder released it. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Counts from 1 over the life of the source; a gap is a frame that was dropped. */
  readonly frameNumber: number;
  /** Grows when the picture was cut: the camera came back, a recording began again. */
  readonly scene: number;
  /** When the frame had arrived: monotonic clock, ms, and wall clock, ms since 1970. */
  readonly capturedAtMs: number;
  readonly capturedAtWallMs: number;
  /** Takes one more hold of the buffer. */
  retain(): void;
  /** Gives one hold back; whoever gives the last one back must not touch `data` again. */
  release(): void;
}

/**
 * What a source does that shows no picture. `trying`: it begins anew, or sees a picture that is not worth showing.
 * `idle`: there is nothing to see until it is told otherwise.
 */
export type SourceSign = 'trying' | 'idle';

/** What a source tells its owner. All are called on the event loop and must return at once. */
export interface FrameSink {
  /** A new frame; the sink owns one hold of it. */
  frame(frame: CapturedFrame): void;
  /** What keeps the camera from seeing, in words for people and as a word of the wire; nulls when it sees again. */
  fault(message: string | null, kind: CameraFaultKind | null): void;
  /** That the source is at work though it shows nothing; absent where nobody asks. */
  sign?(sign: SourceSign): void;
}

/** A camera, or what stands for one. Construction does nothing. */
export interface FrameSource {
  /** Begins to deliver; from then on the source heals itself, with pauses, until it is stopped. */
  start(sink: FrameSink): void;
  /** Ends delivery and every process of the source; returns once they are gone. */
  stop(): Promise<void>;
}
