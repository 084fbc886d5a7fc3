import type { Box } from '../detect/face';
import type { Frame } from '../image/frame';

/** How bright the parts of a frame are: 64 x 36 cells, rows from the top, 0 to 255. */
export type SceneGrid = Uint8Array;

const COLUMNS = 64;
const ROWS = 36;
const CELLS = COLUMNS * ROWS;
/** Points averaged along one side of a cell: one point would take sensor noise and fine texture for motion. */
const POINTS = 3;
/** A cell has changed from this many levels on. */
const CHANGE_MIN = 12;

/**
 * Measures a frame's brightness on a coarse grid, in a twentieth of a millisecond whatever the frame's size.
 *
 * @param frame a valid frame; not modified
 */
export function sceneGrid({ data, width, height }: Frame): SceneGrid {
  const grid = new Uint8Array(CELLS);
  const columns = offsets(width, COLUMNS, 3);
  const rows = offsets(height, ROWS, 3 * width);
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      let sum = 0;
      for (let v = row * POINTS; v < (row + 1) * POINTS; v += 1) {
        for (let u = column * POINTS; u < (column + 1) * POINTS; u += 1) {
          const i = (rows[v] as number) + (columns[u] as number);
          sum += (data[i] as number) + 2 * (data[i + 1] as number) + (data[i + 2] as number);
        }
      }
      grid[row * COLUMNS + column] = sum / (4 * POINTS * POINTS);
    }
  }
  return grid;
}

/** Where the points of a side begin in the frame's data. */
function offsets(length: number, cells: number, stride: number): Int32Array {
  const count = cells * POINTS;
  return Int32Array.from(
    { length: count },
    (_, point) => stride * Math.floor(((point + 0.5) * length) / count),
  );
}

/**
 * Which cells changed, 1 or 0 for each, apart from the whole scene growing brighter or darker.
 *
 * The common change is the median of all: a camera that adjusts its exposure moves nothing.
 */
export function changedCells(before: SceneGrid, now: SceneGrid): Uint8Array {
  const counts = new Uint16Array(511);
  for (let cell = 0; cell < CELLS; cell += 1) {
    const bin = 255 + (now[cell] as number) - (before[cell] as number);
    counts[bin] = (counts[bin] as number) + 1;
  }
  let median = 0;
  for (let seen = counts[0] as number; seen <= CELLS / 2; seen += counts[median] as number) median += 1;
  const changed = new Uint8Array(CELLS);
  for (let cell = 0; cell < CELLS; cell += 1) {
    const change = 255 + (now[cell] as number) - (before[cell] as number) - median;
    if (Math.abs(change) >= CHANGE_MIN) changed[cell] = 1;
  }
  return changed;
}

/** Part of the cells that change at a cut, at least. */
const CUT_CHANGED_MIN = 0.4;
/** Correlation of two scenes that are not one, at most. */
const CUT_CORRELATION_MAX = 0.8;

/**
 * Whether two frames, taken at most half a second apart, show different scenes.
 *
 * Both must hold: 0.4 of the cells changed and the grids correlate by less than 0.8. On 7,400 frames of people before
 * cameras, some leaning into the lens, neighbours 40 to 120 ms apart change at most 0.25 of the cells and correlate by
 * 0.71 or more; frames of two rooms change 0.5 and correlate by 0.78 at most. Two cameras on one room, or one camera
 * before and after a pause, are not told apart: the faces' own signatures are for that.
 */
export function isCut(before: SceneGrid, now: SceneGrid): boolean {
  return (
    sumOf(changedCells(before, now)) >= CUT_CHANGED_MIN * CELLS &&
    correlation(before, now) < CUT_CORRELATION_MAX
  );
}

function correlation(a: SceneGrid, b: SceneGrid): number {
  const [meanA, meanB] = [sumOf(a) / CELLS, sumOf(b) / CELLS];
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  for (let cell = 0; cell < CELLS; cell += 1) {
    const da = (a[cell] as number) - meanA;
    const db = (b[cell] as number) - meanB;
    both += da * db;
    ofA += da * da;
    ofB += db * db;
  }
  // A scene of one grey is like nothing, itself included.
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : 0;
}

function sumOf(cells: Uint8Array): number {
  let sum = 0;
  for (let cell = 0; cell < CELLS; cell += 1) sum += cells[cell] as number;
  return sum;
}

/** Faces that are known, in pixels of a frame. */
export interface KnownFaces {
  readonly faces: readonly Box[];
  readonly width: number;
  readonly height: number;
}

/** Cells that a newcomer changes, at least: a head 40 px wide in a frame of 1280 covers four, its body more. */
const MOVED_MIN = 6;
/**
 * A part of a person, down to the frame's lower edge: how far to either side of the face's middle, in widths of the face,
 * and from where, in its heights from its upper edge.
 */
interface BodyPart {
  readonly aside: number;
  readonly from: number;
}

/** All that a person may move. */
const REACH: readonly BodyPart[] = [{ aside: 2, from: -0.5 }];
/** What of a person nobody can be seen behind: the head, and the trunk below it. */
const OUTLINE: readonly BodyPart[] = [
  { aside: 0.75, from: -0.35 },
  { aside: 1.25, from: 1.1 },
];

/** Whether something moved outside the people whose faces are known: anything but their heads and what is below them. */
export function movedOutside(before: SceneGrid, now: SceneGrid, known: KnownFaces): boolean {
  return changedOutside(before, now, known, REACH) >= MOVED_MIN;
}

/**
 * Whether anything changed, be it one cell, that is not within the outline of people whose faces are known.
 *
 * What is beside their heads counts, unlike for {@link movedOutside}: another head may come up over a shoulder.
 */
export function stirredBeside(before: SceneGrid, now: SceneGrid, known: KnownFaces): boolean {
  return changedOutside(before, now, known, OUTLINE) > 0;
}

/** How many cells changed that are no part of known people. */
function changedOutside(
  before: SceneGrid,
  now: SceneGrid,
  { faces, width, height }: KnownFaces,
  parts: readonly BodyPart[],
): number {
  const changed = changedCells(before, now);
  for (const box of faces) {
    const centre = box.x + box.width / 2;
    for (const { aside, from } of parts) {
      const left = cellAt(centre - aside * box.width, width, COLUMNS);
      const right = cellAt(centre + aside * box.width, width, COLUMNS);
      for (let row = cellAt(box.y + from * box.height, height, ROWS); row < ROWS; row += 1) {
        changed.fill(0, row * COLUMNS + left, row * COLUMNS + right + 1);
      }
    }
  }
  return sumOf(changed);
}

function cellAt(px: number, length: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor((px / length) * cells)));
}
