import type { FaceQuality } from '../face-quality';

/** What is measured of a flawless picture. */
export const GOOD: FaceQuality = {
  yawDeg: 2,
  pitchDeg: -3,
  rollDeg: 1,
  interEyeDistancePx: 60,
  sharpness: 0.5,
  brightness: 0.5,
  contrast: 0.5,
  evenness: 0.95,
  underExposed: 0,
  overExposed: 0,
  eyesOpen: 0.8,
  mouthOpen: 0,
  occlusion: 0,
  expressionKnown: true,
  inFrame: 1,
  headSize: 0.3,
  score: 0.95,
};
