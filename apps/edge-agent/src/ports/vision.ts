import type { Calibration } from '@munjigi/face-core';

/** An RGB picture: interleaved HWC, uint8. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A face in a picture; box and landmarks in its pixels. */
export interface SeenFace {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly score: number;
  readonly landmarks: readonly { readonly x: number; readonly y: number }[];
}

/** A face that is followed from picture to picture. */
export interface FollowedFace {
  /** UUID; a person never gets another's. */
  readonly id: string;
  readonly face: SeenFace;
  /** Whether the face was in the newest picture. */
  readonly visible: boolean;
}

/** Which faces are followed. */
export interface FollowOptions {
  /** Smaller faces are not looked for, in pixels. */
  readonly faceSizeMinPx: number;
  readonly facesMax: number;
}

/** Faces through a camera's pictures: nobody's track passes to another, whatever the picture does. */
export interface Follower {
  /** Takes the next picture. @param atMs on a clock that only goes forward @returns the faces that live on */
  update(picture: Picture, atMs: number): Promise<readonly FollowedFace[]>;
  /** Ends every track, for a cut that the pictures do not show. */
  clear(): void;
}

/** What a door needs of a vision engine. */
export interface Vision {
  readonly modelId: string;
  readonly dimension: number;
  /** The model's own threshold, cosine similarity. */
  readonly similarityMin: number;
  /** What the model's similarities mean, of exactly these weights; undefined where nobody measured. Does not change. */
  readonly calibration: Calibration | undefined;
  /** Follows the faces of one camera. */
  follow(options: FollowOptions): Follower;
  /**
   * How likely each face is a live person, 0 to 1, of one frame: a hint, to be fused over frames; undefined for a face
   * that cannot be judged. Null where no such network is installed.
   */
  readonly liveness:
    | ((picture: Picture, boxes: readonly SeenFace['box'][]) => Promise<readonly (number | undefined)[]>)
    | null;
  /** The aligned crop that `embed` takes. */
  align(picture: Picture, landmarks: SeenFace['landmarks']): Promise<Uint8Array>;
  /** One L2-normalised embedding for each crop, in order. */
  embed(crops: readonly Uint8Array[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}
