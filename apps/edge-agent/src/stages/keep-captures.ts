import type { CaptureAnswer } from '@munjigi/contracts';
import { encodeJpeg, type Box } from '@munjigi/face-core';
import type { Logger } from 'pino';
import { CaptureBook } from '../domain/capture-book';
import type { Clock } from '../ports/clock';
import type { CapturedFrame } from '../ports/frame-source';
import type { TrackedFace } from './track';

/** How much of a box's size is added on each side of a capture: the server must find the face in it again. */
const MARGIN = 0.6;

/** Keeps the best pictures of each face, for enrolment from the door. One picture at a time is encoded. */
export class CaptureKeeper {
  readonly #book = new CaptureBook();
  readonly #clock: Clock;
  readonly #log: Logger;
  #encoding: Promise<void> | null = null;

  constructor(options: { clock: Clock; log: Logger }) {
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Looks at a frame, and returns at once; holds the frame for as long as a picture of it is encoded. */
  offer(frame: CapturedFrame, faces: readonly TrackedFace[]): void {
    this.#book.forget(frame.capturedAtMs);
    if (this.#encoding) return;
    const wanted = faces
      .map((each) => ({ ...each, crop: withMargin(each.face.box, MARGIN) }))
      .map((each) => ({ ...each, quality: isAlone(each, faces) ? each.quality : each.quality / 4 }))
      .find(({ trackId, quality }) => this.#book.wants(trackId, quality, frame.capturedAtMs));
    if (!wanted) return;
    frame.retain();
    this.#encoding = this.#encode(frame, wanted).finally(() => {
      frame.release();
      this.#encoding = null;
    });
  }

  /** Answers `capture.request`. */
  answer(trackId: string): CaptureAnswer {
    const captures = this.#book.of(trackId, this.#clock.monotonicMs());
    if (captures.length > 0)
      return { ok: true, captures: captures.map(({ jpeg }) => ({ jpeg: new Uint8Array(jpeg) })) };
    return {
      ok: false,
      error: { code: 'capture/track-gone', message: 'The door no longer has a picture of this face.' },
    };
  }

  /** Waits until nothing is being encoded. */
  async settled(): Promise<void> {
    await this.#encoding;
  }

  async #encode(
    frame: CapturedFrame,
    wanted: { trackId: string; quality: number; crop: Box },
  ): Promise<void> {
    try {
      const jpeg = await encodeJpeg(frame, { crop: wanted.crop, quality: 92 });
      this.#book.keep(wanted.trackId, { jpeg, quality: wanted.quality, atMs: frame.capturedAtMs });
    } catch (error) {
      this.#log.warn({ err: error }, 'capture not encoded');
    }
  }
}

function withMargin(box: Box, margin: number): Box {
  return {
    x: box.x - box.width * margin,
    y: box.y - box.height * margin,
    width: box.width * (1 + 2 * margin),
    height: box.height * (1 + 2 * margin),
  };
}

/** Whether no other face reaches into the crop: enrolment wants exactly one. */
function isAlone({ trackId, crop }: { trackId: string; crop: Box }, faces: readonly TrackedFace[]): boolean {
  return faces.every(
    ({ trackId: other, face: { box } }) =>
      other === trackId ||
      box.x > crop.x + crop.width ||
      box.x + box.width < crop.x ||
      box.y > crop.y + crop.height ||
      box.y + box.height < crop.y,
  );
}
