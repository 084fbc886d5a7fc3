import type { Candidate } from './candidate';

/** What an overlap is measured against: all that two boxes cover, or the smaller of them. */
export type OverlapMeasure = 'union' | 'minimum';

/**
 * Keeps the best of boxes that show the same face: a box goes when a better one overlaps it by more than `overlapMax`.
 *
 * @param measure `minimum` also drops a small box inside a large one; it counts the last pixel of a box as part of it
 * @returns the kept boxes, best first
 */
export function suppress<C extends Candidate>(
  candidates: readonly C[],
  overlapMax: number,
  measure: OverlapMeasure,
): C[] {
  const sorted = [...candidates].sort((a, b) => b.score - a.score);
  const extra = measure === 'minimum' ? 1 : 0;
  const areas = new Float64Array(sorted.length);
  for (let i = 0; i < sorted.length; i += 1) {
    const { left, top, right, bottom } = sorted[i] as C;
    areas[i] = (right - left + extra) * (bottom - top + extra);
  }
  const dropped = new Uint8Array(sorted.length);
  const kept: C[] = [];
  for (let i = 0; i < sorted.length; i += 1) {
    if (dropped[i]) continue;
    const best = sorted[i] as C;
    kept.push(best);
    const { left, top, right, bottom } = best;
    for (let j = i + 1; j < sorted.length; j += 1) {
      if (dropped[j]) continue;
      const other = sorted[j] as C;
      const width = Math.min(right, other.right) - Math.max(left, other.left) + extra;
      if (width <= 0) continue;
      const height = Math.min(bottom, other.bottom) - Math.max(top, other.top) + extra;
      if (height <= 0) continue;
      const shared = width * height;
      const [a, b] = [areas[i] as number, areas[j] as number];
      const whole = measure === 'minimum' ? Math.min(a, b) : a + b - shared;
      if (shared > overlapMax * whole) dropped[j] = 1;
    }
  }
  return kept;
}

/** Shared area of two boxes as a part of all that they cover, 0 to 1. */
export function overlapOf(a: Candidate, b: Candidate): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  const areaOf = ({ left, top, right, bottom }: Candidate) => (right - left) * (bottom - top);
  return shared / (areaOf(a) + areaOf(b) - shared);
}
