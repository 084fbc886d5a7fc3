import fc from 'fast-check';

import type { Candidate } from './candidate';
import { planPatches } from './patches';
import { cellsAlong, pyramidLevels, type PyramidLevel } from './pyramid';

const [LEVEL] = pyramidLevels({ width: 1280, height: 720 }, 40, 0.709) as [PyramidLevel];

function box(left: number, top: number, size = 56): Candidate {
  return { left, top, right: left + size, bottom: top + size, score: 0.3, regression: [0, 0, 0, 0] };
}

/** The cells that a plan looks at, as column and row. */
function cellsOf(plan: ReturnType<typeof planPatches>): Set<string> {
  const cells = new Set<string>();
  for (const { strips } of plan?.flat() ?? []) {
    for (const { cellColumn, cellRow, width, height } of strips) {
      for (let row = cellRow; row < cellRow + cellsAlong(height); row += 1) {
        for (let column = cellColumn; column < cellColumn + cellsAlong(width); column += 1) {
          cells.add(`${column},${row}`);
        }
      }
    }
  }
  return cells;
}

const boxes = fc.array(
  fc
    .tuple(fc.integer({ min: -60, max: 1300 }), fc.integer({ min: -60, max: 740 }))
    .map(([x, y]) => box(x, y)),
  { maxLength: 40 },
);

describe('planPatches', () => {
  it('looks at every cell whose middle lies in a box, whatever the boxes and threads', () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: 1, max: 3 }), (seen, threads) => {
        const plan = planPatches(LEVEL, seen, threads);
        if (!plan) return;
        expect(plan).toHaveLength(threads);
        const cells = cellsOf(plan);
        for (const { left, top, right, bottom } of seen) {
          for (let row = 0; row < cellsAlong(LEVEL.height); row += 3) {
            for (let column = 0; column < cellsAlong(LEVEL.width); column += 3) {
              const [x, y] = [(2 * column + 6) / LEVEL.scale, (2 * row + 6) / LEVEL.scale];
              if (x < left || x > right || y < top || y > bottom) continue;
              expect(cells.has(`${column},${row}`)).toBe(true);
            }
          }
        }
      }),
    );
  });

  it('stays inside the level and on canvases that hold its strips', () => {
    fc.assert(
      fc.property(boxes, (seen) => {
        for (const canvas of (planPatches(LEVEL, seen, 2) ?? []).flat()) {
          for (const strip of canvas.strips) {
            expect(strip.cellColumn + cellsAlong(strip.width)).toBeLessThanOrEqual(cellsAlong(LEVEL.width));
            expect(strip.cellRow + cellsAlong(strip.height)).toBeLessThanOrEqual(cellsAlong(LEVEL.height));
            expect(strip.left + strip.width).toBeLessThanOrEqual(canvas.width);
            expect(strip.top + strip.height).toBeLessThanOrEqual(canvas.height);
          }
        }
      }),
    );
  });

  it('has nothing to look at where nothing was seen', () => {
    expect(planPatches(LEVEL, [], 2)).toEqual([[], []]);
    expect(planPatches(LEVEL, [box(5_000, 5_000)], 1)).toEqual([[]]);
  });

  it('leaves it to the whole level where most of it would be looked at, or in too many places', () => {
    expect(planPatches(LEVEL, [box(0, 0, 1280)], 2)).toBeUndefined();
    const many = Array.from({ length: 500 }, (_, index) => box(index, index % 700));
    expect(planPatches(LEVEL, many, 2)).toBeUndefined();
  });

  it('looks once at what two boxes share', () => {
    const [canvas, ...others] = (planPatches(LEVEL, [box(300, 300), box(310, 305)], 1) ?? []).flat();

    expect(others).toEqual([]);
    expect(canvas?.strips).toHaveLength(1);
  });
});
