import type { SharedFrame } from '../runtime/shared-frame';
import type { Box, DetectedFace } from './face';

/** What counts as a face, in the words of the cascade; a detector of another kind uses what it knows. */
export interface DetectOptions {
  /** Smaller faces are not looked for, in pixels of the frame. Default 40, at least 20. */
  faceSizeMinPx?: number;
  /** Ratio of one size that is looked at to the one before, 0.5 to 0.9. Default 0.709: half the area. */
  scaleFactor?: number;
  /** From which score on a box is kept by each of the three networks, 0 to 1. Default 0.6, 0.7, 0.7. */
  scoreMin?: { propose?: number; refine?: number; output?: number };
  /** Only so many, the largest, are returned, at least 1. Default 64. */
  facesMax?: number;
}

/** Finds faces. What stands behind it is chosen by configuration. */
export interface Detector {
  /** Finds all faces, largest first. @throws {FaceCoreError} `detect/invalid-options` */
  detect(frame: SharedFrame, options: DetectOptions): Promise<DetectedFace[]>;
  /**
   * Looks for a face where one is expected, which costs a small part of a full detection.
   *
   * @param boxes where, in pixels of the frame
   * @returns for each box the face there, or undefined
   * @throws {FaceCoreError} `box/invalid`, `detect/invalid-options`
   */
  refine(
    frame: SharedFrame,
    boxes: readonly Box[],
    options: DetectOptions,
  ): Promise<(DetectedFace | undefined)[]>;
}
