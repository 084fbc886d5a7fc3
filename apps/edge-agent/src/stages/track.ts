import { trackIdSchema, type TrackId } from '@munjigi/contracts';
import { quickQuality } from '@munjigi/face-core';
import type { CapturedFrame } from '../ports/frame-source';
import type { Follower, FollowOptions, SeenFace, Vision } from '../ports/vision';

/** A face in this frame and the track that it belongs to. */
export interface TrackedFace {
  readonly trackId: TrackId;
  readonly face: SeenFace;
  /** 0 to 1, see `quickQuality`. */
  readonly quality: number;
}

/** Finds the faces of each frame and gives each its track; ends all tracks when the picture was cut. */
export class TrackStage {
  readonly #vision: Pick<Vision, 'follow'>;
  #following: { readonly options: FollowOptions; readonly follower: Follower } | undefined;
  #scene = 0;

  constructor(vision: Pick<Vision, 'follow'>) {
    this.#vision = vision;
  }

  /** Whether this frame begins another scene than the last one; to be asked once a frame, before `track`. */
  isCut(frame: CapturedFrame): boolean {
    if (frame.scene === this.#scene) return false;
    this.#scene = frame.scene;
    this.#following?.follower.clear();
    return true;
  }

  /** @returns the faces of this frame with their tracks; tracks without a face in it are not among them. */
  async track(frame: CapturedFrame, options: FollowOptions): Promise<TrackedFace[]> {
    const followed = await this.#followerFor(options).update(frame, frame.capturedAtMs);
    return followed
      .filter(({ visible }) => visible)
      .map(({ id, face }) => ({
        trackId: trackIdSchema.parse(id),
        face,
        quality: quickQuality(face, frame),
      }));
  }

  /** A door's settings may change at any time; the tracks of before end then. */
  #followerFor(options: FollowOptions): Follower {
    const last = this.#following;
    const isSame =
      last?.options.faceSizeMinPx === options.faceSizeMinPx && last.options.facesMax === options.facesMax;
    const following = isSame ? last : { options, follower: this.#vision.follow(options) };
    this.#following = following;
    return following.follower;
  }
}
