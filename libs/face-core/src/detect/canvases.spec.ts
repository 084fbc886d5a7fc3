import fc from 'fast-check';

import { planCanvases, type PlacedStrip } from './canvases';
import { cellsAlong, pyramidLevels } from './pyramid';

const frames = fc.record({
  width: fc.integer({ min: 64, max: 8192 }),
  height: fc.integer({ min: 64, max: 8192 }),
  faceSizeMinPx: fc.integer({ min: 20, max: 200 }),
  threads: fc.integer({ min: 1, max: 6 }),
});

function overlap(a: PlacedStrip, b: PlacedStrip): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

describe('planCanvases', () => {
  it('covers every row of cells of every level exactly once, whatever the frame and the threads', () => {
    fc.assert(
      fc.property(frames, ({ width, height, faceSizeMinPx, threads }) => {
        const levels = pyramidLevels({ width, height }, faceSizeMinPx, 0.709);
        const plan = planCanvases(levels, threads);

        expect(plan).toHaveLength(threads);
        const strips = plan.flat().flatMap((canvas) => canvas.strips);
        for (const [level, { height: all, width: wide, margin }] of levels.entries()) {
          const own = strips.filter((strip) => strip.level === level).sort((a, b) => a.cellRow - b.cellRow);
          let next = 0;
          for (const strip of own) {
            expect(strip).toMatchObject({ cellRow: next, width: wide, margin });
            next += cellsAlong(strip.height);
          }
          expect(next).toBe(cellsAlong(all));
        }
      }),
    );
  });

  it('places strips on even pixels, inside their canvas and apart from each other', () => {
    fc.assert(
      fc.property(frames, ({ width, height, faceSizeMinPx, threads }) => {
        const plan = planCanvases(pyramidLevels({ width, height }, faceSizeMinPx, 0.709), threads);

        for (const canvas of plan.flat()) {
          for (const [index, strip] of canvas.strips.entries()) {
            expect([strip.left % 2, strip.top % 2]).toEqual([0, 0]);
            expect(strip.left + strip.width).toBeLessThanOrEqual(canvas.width);
            expect(strip.top + strip.height).toBeLessThanOrEqual(canvas.height);
            for (const other of canvas.strips.slice(index + 1)) expect(overlap(strip, other)).toBe(false);
          }
        }
      }),
    );
  });

  it('gives two threads nearly the same work, and wastes little of a canvas', () => {
    const plan = planCanvases(pyramidLevels({ width: 1280, height: 720 }, 40, 0.709), 2);

    const areas = plan.map((canvases) =>
      canvases.reduce((sum, { width, height }) => sum + width * height, 0),
    );
    const used = plan.flat().flatMap(({ strips }) => strips);
    const usedArea = used.reduce((sum, { width, height }) => sum + width * height, 0);
    expect(Math.max(...areas) / Math.min(...areas)).toBeLessThan(1.25);
    expect(usedArea / areas.reduce((a, b) => a + b)).toBeGreaterThan(0.85);
  });

  it('keeps each canvas within what the memory of a small computer holds, however large the frame', () => {
    for (const [width, height] of [
      [8192, 8192],
      [40, 60_000],
      [60_000, 40],
      [3840, 2160],
    ] as const) {
      const plan = planCanvases(pyramidLevels({ width, height }, 20, 0.709), 2).flat();
      const largest = Math.max(...plan.map((canvas) => canvas.width * canvas.height));

      expect(largest).toBeLessThanOrEqual(2 ** 20);
    }
  });

  it('has nothing to do where there is no level', () => {
    expect(planCanvases([], 2)).toEqual([[], []]);
  });
});
