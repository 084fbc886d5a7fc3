import type { Box, Landmarks } from '../../detect/face';
import { FaceCoreError } from '../../errors';
import { numberCell, readCsv, textCell, type CsvRow } from './csv';
import { groupsOf, type Groups } from './groups';
import { ImageList, type EvaluationImage } from './images';

/** A face that a person has marked. */
export interface LabelledFace {
  /** Index in the list of pictures. */
  readonly image: number;
  /** From the eyebrows to the chin, in pixels of the picture. */
  readonly box: Box;
  readonly landmarks: Landmarks;
  /** Degrees; undefined where the labels do not say. */
  readonly yaw: number | undefined;
  readonly groups: Groups;
}

/** Pictures with marked faces. */
export interface DetectLabels {
  readonly images: readonly EvaluationImage[];
  readonly faces: readonly LabelledFace[];
}

const BOX = ['lm_x0', 'lm_y0', 'lm_x1', 'lm_y1'] as const;
const POINTS = ['leye', 'reye', 'nose', 'lmouth', 'rmouth'] as const;

/**
 * Reads marked faces from a CSV `path,lm_x0,lm_y0,lm_x1,lm_y1,leye_x,leye_y,reye_x,…,rmouth_y`, with `yaw` and
 * columns for groups where it has them. A picture with several faces has several rows.
 *
 * @throws {FaceCoreError} as `readCsv`; `evaluate/image-missing`; `evaluate/bad-row` for a box without area
 */
export async function readDetectLabels(path: string, directory: string): Promise<DetectLabels> {
  const points = POINTS.flatMap((point) => [`${point}_x`, `${point}_y`]);
  const { rows, columns } = await readCsv(path, ['path', ...BOX, ...points]);
  const list = new ImageList(directory);
  const faces = rows.map((row) => ({
    image: list.add(textCell(row, 'path'), row.where),
    box: boxOf(row),
    landmarks: POINTS.map((point) => ({
      x: numberCell(row, `${point}_x`),
      y: numberCell(row, `${point}_y`),
    })),
    yaw: columns.includes('yaw') && row.cells.yaw ? numberCell(row, 'yaw') : undefined,
    groups: groupsOf(row.cells),
  }));
  return { images: list.images, faces };
}

function boxOf(row: CsvRow): Box {
  const [x = 0, y = 0, right = 0, bottom = 0] = BOX.map((column) => numberCell(row, column));
  if (right > x && bottom > y) return { x, y, width: right - x, height: bottom - y };
  throw new FaceCoreError('evaluate/bad-row', `${row.where}: the box has no area.`);
}
