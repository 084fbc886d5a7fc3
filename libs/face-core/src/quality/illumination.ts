import { FACE_LEFT, FACE_PIXELS, FACE_RIGHT, meanOf, type AlignedPlane } from './aligned-luma';

/** How a face is lit. */
export interface Illumination {
  /** Mean brightness of the face, 0 (black) to 1 (white). ISO/IEC 29794-5: LuminanceMean. */
  readonly brightness: number;
  /**
   * From the darkest to the brightest twentieth of the face, 0 to 1. ISO/IEC 29794-5: LuminanceVariance (which is the
   * variance).
   */
  readonly contrast: number;
  /**
   * How alike the two sides of the face are lit, 0 to 1; 1 is the same, 0.5 one side three times as bright.
   * ISO/IEC 29794-5: IlluminationUniformity (which compares histograms).
   */
  readonly evenness: number;
  /** Part of the face that is black, 0 to 1. ISO/IEC 29794-5: UnderExposurePrevention (its complement). */
  readonly underExposed: number;
  /** Part of the face that is white, 0 to 1. ISO/IEC 29794-5: OverExposurePrevention (its complement). */
  readonly overExposed: number;
}

/** Brightness up to here, of 255, is black: nothing can be told apart any more. */
const BLACK_MAX = 25;
/** Brightness from here on is white. */
const WHITE_MIN = 247;

/** Measures how a face is lit, from its aligned brightness. */
export function illumination(luma: AlignedPlane): Illumination {
  const histogram = new Uint32Array(256);
  for (const index of FACE_PIXELS) {
    const level = Math.min(255, Math.round(luma[index] as number));
    histogram[level] = (histogram[level] as number) + 1;
  }
  const count = FACE_PIXELS.length;
  const left = meanOf(luma, FACE_LEFT);
  const right = meanOf(luma, FACE_RIGHT);
  return {
    brightness: meanOf(luma, FACE_PIXELS) / 255,
    contrast: (levelAt(histogram, 0.95 * count) - levelAt(histogram, 0.05 * count)) / 255,
    // Darkness on both sides is no unevenness, however many times one is the other.
    evenness: 1 - Math.abs(left - right) / (left + right + 8),
    underExposed: countOf(histogram, 0, BLACK_MAX) / count,
    overExposed: countOf(histogram, WHITE_MIN, 255) / count,
  };
}

function levelAt(histogram: Uint32Array, rank: number): number {
  let below = 0;
  for (const [level, count] of histogram.entries()) {
    below += count;
    if (below >= rank) return level;
  }
  return 255;
}

function countOf(histogram: Uint32Array, from: number, to: number): number {
  return histogram.subarray(from, to + 1).reduce((sum, count) => sum + count, 0);
}
