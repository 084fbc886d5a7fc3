import { ALIGNED_LANDMARKS, ALIGNED_PX } from '../../align/similarity-transform';
import type { Point } from '../../detect/face';

/** A crop of one painter: brightness 0 to 255 of each pixel, grey. */
export function painted(brightness: (x: number, y: number) => number): Uint8Array {
  const crop = new Uint8Array(ALIGNED_PX * ALIGNED_PX * 3);
  for (let y = 0; y < ALIGNED_PX; y += 1) {
    for (let x = 0; x < ALIGNED_PX; x += 1) {
      const value = Math.min(255, Math.max(0, Math.round(brightness(x, y))));
      crop.fill(value, (y * ALIGNED_PX + x) * 3, (y * ALIGNED_PX + x) * 3 + 3);
    }
  }
  return crop;
}

/** What a painted face does. */
export interface PaintedFace {
  /** Part of an eye's iris that the lids leave free. Default 1. */
  eyesOpen?: number;
  /** Half of the mouth's opening, in pixels. Default 0. */
  mouthOpenPx?: number;
  /** Covers the eyes with plain darkness. */
  glasses?: boolean;
  /** Covers nose to chin with one plain colour. */
  mask?: boolean;
}

const [leftEye, rightEye] = ALIGNED_LANDMARKS as [Point, Point];
const MOUTH = { x: 56, y: 92 };

/** A face of skin, eyes of iris and white, lids, and lips, at the places of an aligned one. */
export function paintedFace(face: PaintedFace = {}): Uint8Array {
  return painted((x, y) => brightnessAt(face, x, y));
}

function brightnessAt(
  { eyesOpen = 1, mouthOpenPx = 0, glasses, mask }: PaintedFace,
  x: number,
  y: number,
): number {
  // Skin is never one colour: some grain, the same at each call.
  const skin = 150 + 4 * Math.sin(x * 1.7) * Math.cos(y * 2.3);
  if (glasses && y > 40 && y < 64 && x > 18 && x < 94) return 25;
  if (mask && y > 72) return 190;
  for (const eye of [leftEye, rightEye]) {
    const dx = Math.abs(x - eye.x);
    const dy = Math.abs(y - eye.y);
    if (dx < 9 && dy < 1.2 && eyesOpen < 0.3) return 70;
    if (dx < 9 && dy < 4.5 * eyesOpen) return dx < 3.5 ? 40 : 200;
  }
  if (Math.abs(x - MOUTH.x) < 14 && Math.abs(y - MOUTH.y) < Math.max(1.5, mouthOpenPx)) return 45;
  return skin;
}
