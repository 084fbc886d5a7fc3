import type { Candidate } from './candidate';

/** Side of the picture that the first network judges, in pixels. */
const CELL_PX = 12;
/** Pixels between two neighbouring judgements. */
const STRIDE_PX = 2;
/** Ratio of one level's size to the one before. */
const FACTOR = 0.709;

/** One size at which the first network looks at a frame. */
export interface PyramidLevel {
  /** Pixels of the level for each pixel of the frame. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

/** The sizes at which faces from `faceSizeMinPx` up to the whole frame are as large as the first network's cell. */
export function pyramidLevels(width: number, height: number, faceSizeMinPx: number): PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  const shortSide = Math.min(width, height);
  for (let scale = CELL_PX / faceSizeMinPx; shortSide * scale >= CELL_PX; scale *= FACTOR) {
    levels.push({
      scale,
      width: Math.floor(width * scale + 1),
      height: Math.floor(height * scale + 1),
    });
  }
  return levels;
}

/** What the first network said of every cell of a level. */
export interface CellMap {
  readonly columns: number;
  readonly rows: number;
  /** Two planes of rows x columns: no face, face. */
  readonly probability: Float32Array;
  /** Four planes: left, top, right, bottom. */
  readonly regression: Float32Array;
}

/** The cells of a level that may be faces, as boxes of the frame. */
export function candidatesOf(map: CellMap, scale: number, scoreMin: number): Candidate[] {
  const { columns, rows, probability, regression } = map;
  const plane = columns * rows;
  const candidates: Candidate[] = [];
  for (let cell = 0; cell < plane; cell += 1) {
    const score = probability[plane + cell] as number;
    if (!(score >= scoreMin)) continue;
    const x = (cell % columns) * STRIDE_PX + 1;
    const y = Math.floor(cell / columns) * STRIDE_PX + 1;
    candidates.push({
      left: Math.floor(x / scale),
      top: Math.floor(y / scale),
      right: Math.floor((x + CELL_PX - 1) / scale),
      bottom: Math.floor((y + CELL_PX - 1) / scale),
      score,
      regression: [
        regression[cell] as number,
        regression[plane + cell] as number,
        regression[2 * plane + cell] as number,
        regression[3 * plane + cell] as number,
      ],
    });
  }
  return candidates;
}
