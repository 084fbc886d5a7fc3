import type { Box, DetectedFace } from '../detect/face';
import type { Frame } from '../image/frame';

/** What a follower needs of a detector. */
export interface FollowedDetector<F extends DetectedFace = DetectedFace> {
  /** Searches the whole frame; largest face first. */
  detect(frame: Frame, options?: { faceSizeMinPx?: number; facesMax?: number }): Promise<F[]>;
  /**
   * Looks only where faces are expected.
   *
   * @param boxes in pixels of the frame; they may leave it in part
   * @returns for each box, in order, the face found there, or `undefined`
   */
  refine(frame: Frame, boxes: readonly Box[]): Promise<(F | undefined)[]>;
}

/** What settles a doubt whether two faces are one person's. */
export interface FollowedRecognizer<F extends DetectedFace = DetectedFace> {
  /** Cosine from which two embeddings are one person's. */
  readonly similarityMin: number;
  /** Makes an L2-normalised embedding. @throws {FaceCoreError} `landmarks/degenerate` where there is no face after all */
  embed(frame: Frame, face: F): Promise<Float32Array>;
}
