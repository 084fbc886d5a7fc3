/** Side of the picture that the first network judges, in pixels. */
export const CELL_PX = 12;
/** Pixels between two neighbouring judgements. */
export const STRIDE_PX = 2;
/** Cells along a side are half its pixels less so many. */
export const CELLS_LESS = 5;

/** One size at which the first network looks at a frame. */
export interface PyramidLevel {
  /** Pixels of the level for each pixel of the frame. */
  readonly scale: number;
  /** Even, at least 12, margins included. */
  readonly width: number;
  readonly height: number;
  /** Pixels around the frame on every side, even. */
  readonly margin: number;
}

/** A face that takes up so much of the short side may leave the frame: from there on levels have a margin. */
const LARGE_FACE_MIN = 0.3;
/** Width of the margin, in parts of the short side. */
const MARGIN = 0.3;
/** The largest face that is looked for, in parts of the short side. */
const LARGEST_FACE = 1.5;

/**
 * The sizes at which faces from `faceSizeMinPx` up to one and a half times the frame are as large as the first network's
 * cell.
 *
 * A level is sampled at exactly its scale. Sides are even, so that the network's pooling meets no half-empty windows
 * and a level may lie beside others on one canvas. Who stands close to a door fills its picture: levels for large faces
 * show some room around the frame, or their boxes would have nowhere to lie.
 */
export function pyramidLevels(
  { width, height }: { width: number; height: number },
  faceSizeMinPx: number,
  factor: number,
): PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  const shortSide = Math.min(width, height);
  if (shortSide < faceSizeMinPx) return levels;
  for (let scale = CELL_PX / faceSizeMinPx; shortSide * scale >= CELL_PX / LARGEST_FACE; scale *= factor) {
    const isLarge = CELL_PX >= LARGE_FACE_MIN * shortSide * scale;
    const margin = isLarge ? evenFrom(MARGIN * shortSide * scale) : 0;
    const side = (length: number) => Math.max(evenFrom(length * scale) + 2 * margin, CELL_PX);
    levels.push({ scale, width: side(width), height: side(height), margin });
  }
  return levels;
}

function evenFrom(size: number): number {
  return STRIDE_PX * Math.ceil(size / STRIDE_PX - 1e-9);
}

/** Judgements along a side of so many pixels. */
export function cellsAlong(sizePx: number): number {
  return sizePx / STRIDE_PX - CELLS_LESS;
}

/** Pixels that so many judgements need. */
export function pixelsFor(cells: number): number {
  return (cells + CELLS_LESS) * STRIDE_PX;
}
