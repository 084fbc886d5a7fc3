import type { CameraFaultKind } from '@munjigi/contracts';
import type { CapturedFrame, FrameSink } from '../ports/frame-source';

/** What is remembered of a frame after its buffer was given back. */
export type FrameMemory = Pick<
  CapturedFrame,
  'width' | 'height' | 'frameNumber' | 'scene' | 'capturedAtMs'
> & { readonly firstPixel: readonly number[] };

/** Takes frames and faults, and gives every buffer back at once. */
export class CollectingSink implements FrameSink {
  readonly frames: FrameMemory[] = [];
  readonly faults: (string | null)[] = [];
  readonly kinds: (CameraFaultKind | null)[] = [];

  frame(frame: CapturedFrame): void {
    const { width, height, frameNumber, scene, capturedAtMs, data } = frame;
    this.frames.push({
      width,
      height,
      frameNumber,
      scene,
      capturedAtMs,
      firstPixel: [...data.subarray(0, 3)],
    });
    frame.release();
  }

  fault(message: string | null, kind: CameraFaultKind | null): void {
    this.faults.push(message);
    this.kinds.push(kind);
  }
}
