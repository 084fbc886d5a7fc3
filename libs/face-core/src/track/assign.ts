import type { Box } from '../detect/face';

/** Where a track is expected, and how long ago it was seen. */
export interface Prediction {
  readonly box: Box;
  readonly elapsedMs: number;
}

/** What is still the same face; see `TrackerOptions`. */
export interface Gates {
  readonly speedMax: number;
  readonly moveMin: number;
  readonly sizeRatioMax: number;
}

/** A box that may be the face of a prediction. */
export interface Pair {
  /** Index of the prediction. */
  readonly track: number;
  /** Index of the box. */
  readonly face: number;
  /** 0 or more; lower is likelier the same face. */
  readonly cost: number;
}

/** Every pair of a prediction and a box that the gates let pass, likeliest first. */
export function gatedPairs(predictions: readonly Prediction[], boxes: readonly Box[], gates: Gates): Pair[] {
  return predictions
    .flatMap((prediction, track) =>
      boxes.map((box, face) => ({ track, face, cost: costOf(prediction, box, gates) })),
    )
    .filter((pair) => pair.cost < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.cost - b.cost);
}

/**
 * Pairs each box with at most one prediction, and each prediction with at most one box, nearest pairs first.
 *
 * @returns for each box the index of its prediction, or -1
 */
export function assign(predictions: readonly Prediction[], boxes: readonly Box[], gates: Gates): number[] {
  const result = boxes.map(() => -1);
  const taken = new Set<number>();
  for (const { track, face } of gatedPairs(predictions, boxes, gates)) {
    if (taken.has(track) || result[face] !== -1) continue;
    taken.add(track);
    result[face] = track;
  }
  return result;
}

/** Lower is likelier the same face; infinite is certainly another. */
function costOf(prediction: Prediction, box: Box, gates: Gates): number {
  const { box: expected, elapsedMs } = prediction;
  const sizeRatio = Math.max(ratio(box.width, expected.width), ratio(box.height, expected.height));
  if (sizeRatio > gates.sizeRatioMax) return Number.POSITIVE_INFINITY;
  const size = Math.sqrt(Math.sqrt(expected.width * expected.height * box.width * box.height));
  const distance =
    Math.hypot(
      box.x + box.width / 2 - expected.x - expected.width / 2,
      box.y + box.height / 2 - expected.y - expected.height / 2,
    ) / size;
  const moveMax = Math.min(1, Math.max(gates.moveMin, (gates.speedMax * elapsedMs) / 1000));
  if (distance > moveMax) return Number.POSITIVE_INFINITY;
  return distance + (sizeRatio - 1) + (1 - intersectionOverUnion(expected, box));
}

function ratio(a: number, b: number): number {
  return a > b ? a / b : b / a;
}

/** Shared area of two boxes as a part of all that they cover, 0 to 1. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const shared = intersection(a, b);
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared);
}

/** Shared area of two boxes as a part of the smaller one, 0 to 1. */
export function intersectionOverSmaller(a: Box, b: Box): number {
  const shared = intersection(a, b);
  return shared === 0 ? 0 : shared / Math.min(a.width * a.height, b.width * b.height);
}

function intersection(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
