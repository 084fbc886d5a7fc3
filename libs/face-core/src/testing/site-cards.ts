/** As an ArcFace ResNet's card is. */
export const ARCFACE = {
  kind: 'embedder',
  licence: 'Ours.',
  licenceTruth: 'Trained by us on faces of our own people.',
  input: 'x',
  outputs: { embedding: 'embedding' },
  pixels: { channelOrder: 'bgr', mean: 127.5, scale: 127.5 },
  dimension: 512,
  similarityMin: 0.35,
  calibration: [
    { fmr: 1e-3, similarityMin: 0.3 },
    { fmr: 1e-5, similarityMin: 0.45 },
  ],
} as const;

/** As MiniFASNetV2's card is. */
export const MINIFASNET = {
  kind: 'liveness',
  licence: 'Apache-2.0',
  input: 'x',
  output: 'logits',
  sizePx: 80,
  boxScale: 2.7,
  pixels: { channelOrder: 'bgr', mean: 0, scale: 1 },
  classes: 3,
  liveClass: 1,
} as const;

/** A card of 68 landmarks. */
export const LANDMARKS = {
  kind: 'landmarks-68',
  licence: 'Ours.',
  input: 'x',
  output: 'points',
  sizePx: 56,
  boxScale: 1,
  pixels: { channelOrder: 'grey', mean: 0, scale: 255 },
} as const;

/** A card of a head pose. */
export const POSE = {
  kind: 'pose',
  licence: 'Ours.',
  input: 'x',
  outputs: { yaw: 'a', pitch: 'b', roll: 'c' },
  sizePx: 56,
  boxScale: 1.2,
  pixels: { channelOrder: 'rgb', mean: [1, 2, 3], scale: [4, 5, 6] },
  signs: { yaw: 1, pitch: 1, roll: -1 },
} as const;
