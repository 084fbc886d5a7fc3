import type { CameraFaultKind } from '@munjigi/contracts';
import type { Clock } from '../../ports/clock';
import type { CapturedFrame, FrameSink, FrameSource } from '../../ports/frame-source';
import type { Picture } from '../../ports/vision';
import { FramePool } from './frame-pool';

/** A camera that shows what it is told to, when it is told to. */
export class MemoryFrameSource implements FrameSource {
  readonly #clock: Clock;
  readonly #pool = new FramePool();
  #sink: FrameSink | null = null;
  #frameNumber = 0;
  #scene = 1;

  constructor(options: { clock: Clock }) {
    this.#clock = options.clock;
  }

  start(sink: FrameSink): void {
    this.#sink = sink;
  }

  stop(): Promise<void> {
    this.#sink = null;
    return Promise.resolve();
  }

  /** Shows a picture, copied, as the next frame. */
  show(picture: Picture): void {
    this.#frameNumber += 1;
    const data = this.#pool.take(picture.data.byteLength);
    data.set(picture.data);
    const frame: CapturedFrame = this.#pool.frame(data, {
      width: picture.width,
      height: picture.height,
      frameNumber: this.#frameNumber,
      scene: this.#scene,
      capturedAtMs: this.#clock.monotonicMs(),
      capturedAtWallMs: this.#clock.wallMs(),
    });
    if (this.#sink) this.#sink.frame(frame);
    else frame.release();
  }

  /** What comes next is another scene. */
  cut(): void {
    this.#scene += 1;
  }

  /** Breaks the camera, or heals it with null. */
  fail(message: string | null, kind: CameraFaultKind | null = message === null ? null : 'no-picture'): void {
    this.#sink?.fault(message, kind);
  }
}
