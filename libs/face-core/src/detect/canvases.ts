import { cellsAlong, pixelsFor, STRIDE_PX, type PyramidLevel } from './pyramid';

/** Some cells of a level: whole rows of it, or a patch. */
export interface Strip {
  /** Index of the level. */
  readonly level: number;
  readonly scale: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Its first row and column of cells, counted in the level. */
  readonly cellRow: number;
  readonly cellColumn: number;
  /** Pixels around the frame on every side of the level. */
  readonly margin: number;
}

/** A strip and where it lies on its canvas, in pixels; both even. */
export interface PlacedStrip extends Strip {
  readonly left: number;
  readonly top: number;
}

/** A picture that the first network looks at in one run: strips side by side. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly strips: readonly PlacedStrip[];
}

/** A strip of at least so much of a share is a canvas of its own: packing would waste more than a run costs. */
const ALONE_MIN = 0.2;
/** What a share has left over of less than this is not worth a strip of its own. */
const REST_MIN = 0.08;
/**
 * Pixels of a strip, at most, unless one row of cells has more. The first network keeps about 200 bytes for each pixel while
 * it runs: a frame of 8192 x 8192 pixels at once would take gigabytes.
 */
const STRIP_PIXELS_MAX = 2 ** 20;

/**
 * Divides a pyramid among threads, as evenly as rows allow, and packs each share onto few canvases.
 *
 * @param from the first level that counts
 * @returns a list of canvases for each thread, empty where there is no work for it
 */
export function planCanvases(levels: readonly PyramidLevel[], threads: number, from = 0): Canvas[][] {
  return shares(levels, threads, from).map(packed);
}

function shares(levels: readonly PyramidLevel[], threads: number, from: number): Strip[][] {
  const result: Strip[][] = Array.from({ length: threads }, () => []);
  const all = levels.slice(from).reduce((sum, { width, height }) => sum + width * height, 0);
  const share = all / threads;
  let thread = 0;
  let left = share;
  for (const [level, { scale, width, height, margin }] of levels.entries()) {
    const rows = level >= from ? cellsAlong(height) : 0;
    for (let cellRow = 0; cellRow < rows;) {
      const isLast = thread === threads - 1;
      const fitting = Math.floor(left / (width * STRIDE_PX));
      const take = isLast || rows - cellRow - fitting <= REST_MIN * rows ? rows - cellRow : fitting;
      if (take > 0) {
        result[thread]?.push({
          level,
          scale,
          width,
          height: pixelsFor(take),
          cellRow,
          cellColumn: 0,
          margin,
        });
        cellRow += take;
        left -= width * take * STRIDE_PX;
      }
      if (!isLast && (left < REST_MIN * share || cellRow < rows)) {
        thread += 1;
        left = share;
      }
    }
  }
  return result;
}

/** Packs strips onto few canvases. */
export function packed(share: readonly Strip[]): Canvas[] {
  const strips = share.flatMap(parted);
  const area = strips.reduce((sum, { width, height }) => sum + width * height, 0);
  const aloneMin = Math.min(ALONE_MIN * area, STRIP_PIXELS_MAX / 8);
  const isLarge = ({ width, height }: Strip) => width * height >= aloneMin;
  const alone = strips.filter(isLarge).map((strip) => ({
    width: strip.width,
    height: strip.height,
    strips: [{ ...strip, left: 0, top: 0 }],
  }));
  const small = strips.filter((strip) => !isLarge(strip)).sort((a, b) => b.height - a.height);
  return small.length > 0 ? [...alone, onOneCanvas(small)] : alone;
}

/** A strip in parts that are no larger than a strip may be. */
function parted(strip: Strip): Strip[] {
  const rows = cellsAlong(strip.height);
  const rowsMax = Math.max(1, Math.floor(cellsAlong(STRIP_PIXELS_MAX / strip.width)));
  return Array.from({ length: Math.ceil(rows / rowsMax) }, (_, part) => {
    const done = part * rowsMax;
    return {
      ...strip,
      height: pixelsFor(Math.min(rowsMax, rows - done)),
      cellRow: strip.cellRow + done,
    };
  });
}

/** Packs strips, tallest first, in the width that wastes least. */
function onOneCanvas(strips: readonly Strip[]): Canvas {
  const widest = Math.max(...strips.map(({ width }) => width));
  let best = shelved(strips, widest);
  for (let width = widest; width <= 3 * widest; width += 2 * Math.ceil(widest / 16)) {
    const canvas = shelved(strips, width);
    if (canvas.width * canvas.height < best.width * best.height) best = canvas;
  }
  return best;
}

/** Strips in columns on shelves: each goes on top of a narrower place if it fits, else beside, else on a new shelf. */
function shelved(strips: readonly Strip[], widthMax: number): Canvas {
  const placed: PlacedStrip[] = [];
  let [shelfTop, shelfHeight] = [0, 0];
  let [columnLeft, columnWidth, columnHeight] = [0, 0, 0];
  for (const strip of strips) {
    if (columnHeight + strip.height > shelfHeight || strip.width > columnWidth) {
      columnLeft += columnWidth;
      [columnWidth, columnHeight] = [strip.width, 0];
      if (columnLeft + strip.width > widthMax) {
        [shelfTop, shelfHeight, columnLeft] = [shelfTop + shelfHeight, strip.height, 0];
      }
      shelfHeight = Math.max(shelfHeight, strip.height);
    }
    placed.push({ ...strip, left: columnLeft, top: shelfTop + columnHeight });
    columnHeight += strip.height;
  }
  const width = Math.max(...placed.map(({ left, width: own }) => left + own));
  return { width, height: shelfTop + shelfHeight, strips: placed };
}
