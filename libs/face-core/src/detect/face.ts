/** A rectangle in pixels of its frame, origin top-left, x right, y down. It may leave the frame. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A place in pixels of its frame, origin top-left, x right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Five points of a face: image-left eye, image-right eye, nose tip, image-left mouth corner, image-right mouth
 * corner. Left and right as seen in the picture.
 */
export type Landmarks = readonly Point[];

/** A face that the detector found. */
export interface DetectedFace {
  readonly box: Box;
  /** How sure the detector is, 0 to 1. */
  readonly score: number;
  readonly landmarks: Landmarks;
}
