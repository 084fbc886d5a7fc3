import { trackIdSchema, type TrackId } from '@munjigi/contracts';
import { Tracker } from '@munjigi/face-core';
import { faceQuality } from '../domain/face-quality';
import type { CapturedFrame } from '../ports/frame-source';
import type { SeenFace } from '../ports/vision';

/** A face in this frame and the track that it belongs to. */
export interface TrackedFace {
  readonly trackId: TrackId;
  readonly face: SeenFace;
  /** 0 to 1, see `faceQuality`. */
  readonly quality: number;
}

/** Gives each face of a frame its track; ends all tracks when the picture was cut. */
export class TrackStage {
  readonly #tracker = new Tracker<SeenFace>();
  #scene = 0;

  /** Whether this frame begins another scene than the last one; to be asked once a frame, before `track`. */
  isCut(frame: CapturedFrame): boolean {
    if (frame.scene === this.#scene) return false;
    this.#scene = frame.scene;
    this.#tracker.clear();
    return true;
  }

  /** @returns the faces of this frame with their tracks; tracks without a face in it are not among them. */
  track(faces: readonly SeenFace[], frame: CapturedFrame): TrackedFace[] {
    return this.#tracker
      .update(faces, frame.capturedAtMs, frame)
      .filter((track) => track.visible)
      .map(({ id, face }) => ({ trackId: trackIdSchema.parse(id), face, quality: faceQuality(face, frame) }));
  }
}
