/** How a door looks and decides unless told otherwise, for those who measure without one. */
export const CHAIN_DEFAULTS = {
  /** Frames a second that are looked at, at most. */
  framesPerSecondMax: 10,
  /** Smaller faces are not looked for, in pixels of the frame. */
  faceSizeMinPx: 80,
  /** Frames whose embeddings are fused before they are compared. */
  framesToDecide: 3,
  /** How far the best person must lead the second best, cosine. */
  marginMin: 0.05,
} as const;
