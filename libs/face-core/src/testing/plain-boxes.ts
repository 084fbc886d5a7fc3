/** A box by its corners, with what a network said of it. */
export interface Judged {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Probability of a face. */
  readonly score: number;
  /** What to add to left, top, right and bottom, in parts of the sides. */
  readonly regression: readonly number[];
}

/** The box where the network says that the face is. @param extra 1 where the last pixel counts */
export function moved<Box extends Judged>(box: Box, extra: 0 | 1): Box {
  const [left = 0, top = 0, right = 0, bottom = 0] = box.regression;
  const width = box.right - box.left + extra;
  const height = box.bottom - box.top + extra;
  return {
    ...box,
    left: box.left + left * width,
    top: box.top + top * height,
    right: box.right + right * width,
    bottom: box.bottom + bottom * height,
  };
}

/** The square about the centre of a box, as wide as its longer side. */
export function squared<Box extends Judged>(box: Box): Box {
  const half = Math.max(box.right - box.left, box.bottom - box.top) / 2;
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return { ...box, left: x - half, right: x + half, top: y - half, bottom: y + half };
}

/** Boxes that no better one overlaps by more than a part of their union, or of the smaller of both. Best first. */
export function withoutDoubles<Box extends Judged>(
  boxes: readonly Box[],
  overlapMax: number,
  measure: 'union' | 'minimum',
): Box[] {
  const extra = measure === 'minimum' ? 1 : 0;
  const area = (box: Judged) => (box.right - box.left + extra) * (box.bottom - box.top + extra);
  const kept: Box[] = [];
  for (const box of [...boxes].sort((a, b) => b.score - a.score)) {
    const isDouble = kept.some((other) => {
      const width = Math.min(box.right, other.right) - Math.max(box.left, other.left) + extra;
      const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) + extra;
      const shared = Math.max(0, width) * Math.max(0, height);
      const smaller = Math.min(area(box), area(other));
      return shared > overlapMax * (measure === 'minimum' ? smaller : area(box) + area(other) - shared);
    });
    if (!isDouble) kept.push(box);
  }
  return kept;
}
