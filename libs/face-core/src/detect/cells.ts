import type { Canvas, PlacedStrip } from './canvases';
import { CELL_PX, cellsAlong, STRIDE_PX } from './pyramid';

/** Numbers of a proposal: level, left, top, right, bottom, logit, and what to add to the four sides. */
export const PROPOSAL_NUMBERS = 10;

/** Bounds the work that a canvas full of texture can make; ordinary ones have under 300 proposals. */
const CANVAS_PROPOSALS_MAX = 4_000;

/** The logit that leaves so many of a canvas's proposals. */
function logitOfLast(judgement: Float32Array, plane: number, logitMin: number): number {
  const sorted = judgement.subarray(0, plane).filter((logit) => logit >= logitMin).sort(); // prettier-ignore
  return sorted[sorted.length - CANVAS_PROPOSALS_MAX] ?? logitMin;
}

/**
 * The cells of a canvas that may be faces, as boxes of the frame.
 *
 * Of a canvas with more than can be handled the likeliest are kept. A cell (x, y) at scale s is the box from `floor((2x + 1) / s)` to `floor((2x + 12) / s)`.
 *
 * @param judgement planes of the canvas's cells: logit, then left, top, right, bottom
 * @param proposals receives 10 numbers for each
 */
export function collectProposals(
  canvas: Canvas,
  judgement: Float32Array,
  logitMin: number,
  proposals: number[],
): void {
  const plane = cellsAlong(canvas.width) * cellsAlong(canvas.height);
  const before = proposals.length;
  const most = before + CANVAS_PROPOSALS_MAX * PROPOSAL_NUMBERS;
  collectFrom(canvas, judgement, logitMin, proposals);
  if (proposals.length <= most) return;
  proposals.length = before;
  collectFrom(canvas, judgement, logitOfLast(judgement, plane, logitMin), proposals);
  // Several may have the same logit as the last.
  proposals.length = Math.min(proposals.length, most);
}

function collectFrom(canvas: Canvas, judgement: Float32Array, logitMin: number, proposals: number[]): void {
  const columns = cellsAlong(canvas.width);
  const plane = columns * cellsAlong(canvas.height);
  for (const strip of canvas.strips) {
    const across = cellsAlong(strip.width);
    const down = cellsAlong(strip.height);
    const first = (strip.top / STRIDE_PX) * columns + strip.left / STRIDE_PX;
    for (let row = 0; row < down; row += 1) {
      const start = first + row * columns;
      for (let column = 0; column < across; column += 1) {
        // A logit that is no number is no face.
        if (!((judgement[start + column] as number) >= logitMin)) continue;
        propose(strip, { column, row }, { judgement, at: start + column, plane }, proposals);
      }
    }
  }
}

function propose(
  { level, scale, cellRow, cellColumn, margin }: PlacedStrip,
  { column, row }: { column: number; row: number },
  { judgement, at, plane }: { judgement: Float32Array; at: number; plane: number },
  proposals: number[],
): void {
  const x = (column + cellColumn) * STRIDE_PX + 1 - margin;
  const y = (row + cellRow) * STRIDE_PX + 1 - margin;
  proposals.push(
    level,
    Math.floor(x / scale),
    Math.floor(y / scale),
    Math.floor((x + CELL_PX - 1) / scale),
    Math.floor((y + CELL_PX - 1) / scale),
    judgement[at] as number,
    judgement[at + plane] as number,
    judgement[at + 2 * plane] as number,
    judgement[at + 3 * plane] as number,
    judgement[at + 4 * plane] as number,
  );
}
