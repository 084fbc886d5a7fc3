import type { DoorSettings } from '@munjigi/contracts';
import { encodeJpeg, type Box } from '@munjigi/face-core';
import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import { pictureHash } from '../domain/picture-hash';
import type { CapturedFrame } from '../ports/frame-source';
import type { EventPicture, PictureStore } from '../ports/picture-store';
import type { VisitBegun } from './decide';
import type { TrackedFace } from './track';

/** How much of a box's size is added on each side. */
const MARGIN = 0.4;
/** Neither side of a picture is longer, pixels. */
const SIDE_MAX_PX = 320;
const QUALITY = 78;

/** What the settings of a door say of pictures. */
type PicturePolicy = Pick<DoorSettings, 'eventPictures' | 'unknownFacePictures'>;

/** What a keeper works with. */
export interface EventPictureKeeperOptions {
  readonly store: Pick<PictureStore, 'keep'>;
  readonly settings: () => PicturePolicy;
  /** There is one more to send. */
  readonly onKept: () => void;
  readonly log: Logger;
}

interface Seen {
  readonly picture: EventPicture;
  readonly quality: number;
}

/**
 * Has the best picture of each face in view ready before anything is decided about it, where the door's settings ask for
 * pictures at all: a decision never waits for one. In memory only, until an event names it.
 */
export class EventPictureKeeper {
  readonly #options: EventPictureKeeperOptions;
  readonly #seen = new Map<string, Seen>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: EventPictureKeeperOptions) {
    this.#options = options;
  }

  /** Takes pictures of the faces that are worth it. @returns once they are taken. Never rejects */
  async look(
    frame: CapturedFrame,
    faces: readonly TrackedFace[],
    wanted: readonly TrackedFace[],
  ): Promise<void> {
    const inView = new Set<string>(faces.map(({ trackId }) => trackId));
    const isAsked = this.#options.settings().eventPictures !== 'none';
    for (const trackId of this.#seen.keys()) if (!isAsked || !inView.has(trackId)) this.#seen.delete(trackId);
    if (!isAsked) return;
    const better = wanted.filter(
      ({ trackId, quality }) => quality > (this.#seen.get(trackId)?.quality ?? -1),
    );
    await Promise.all(better.map((face) => this.#take(frame, face)));
  }

  /** The picture that goes with a visit; null where there is none, or nobody asks for one of such a visit. */
  of({ trackId, verdict }: Pick<VisitBegun, 'trackId' | 'verdict'>): EventPicture | null {
    const { eventPictures, unknownFacePictures } = this.#options.settings();
    if (eventPictures === 'none' || (eventPictures === 'denied' && verdict.outcome === 'granted'))
      return null;
    if (verdict.personId === null && !unknownFacePictures) return null;
    return this.#seen.get(trackId)?.picture ?? null;
  }

  /** The event of a picture is written: the picture is kept, in the background. */
  keep(picture: EventPicture, personId: string | null): void {
    const { store, onKept, log } = this.#options;
    this.#writing = this.#writing
      .then(() => store.keep(picture, personId))
      .then(onKept, (error: unknown) =>
        log.warn({ reason: messageOf(error) }, 'picture of an event not kept'),
      );
  }

  /** Waits until nothing is being written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  async #take(frame: CapturedFrame, { trackId, face, quality }: TrackedFace): Promise<void> {
    try {
      const crop = cropOf(face.box, frame);
      const widthMax = Math.max(1, Math.floor(SIDE_MAX_PX * Math.min(1, crop.width / crop.height)));
      const jpeg = await encodeJpeg(frame, { crop, widthMax, quality: QUALITY });
      this.#seen.set(trackId, { picture: { hash: pictureHash(jpeg), jpeg }, quality });
    } catch (error) {
      this.#options.log.warn({ reason: messageOf(error) }, 'picture of a face not taken');
    }
  }
}

/** The part of a frame that shows a face, with some of what is around it. */
function cropOf(box: Box, frame: Pick<CapturedFrame, 'width' | 'height'>): Box {
  const [left, top] = [box.x - box.width * MARGIN, box.y - box.height * MARGIN];
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const right = Math.min(frame.width, left + box.width * (1 + 2 * MARGIN));
  const bottom = Math.min(frame.height, top + box.height * (1 + 2 * MARGIN));
  return { x, y, width: right - x, height: bottom - y };
}
