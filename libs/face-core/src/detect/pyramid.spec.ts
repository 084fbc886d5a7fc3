import { cellsAlong, pixelsFor, pyramidLevels } from './pyramid';

const FACTOR = 0.709;

describe('pyramidLevels', () => {
  it('goes from the smallest face to half as large again as the short side', () => {
    const levels = pyramidLevels({ width: 640, height: 360 }, 40, FACTOR);

    expect(levels[0]).toEqual({ scale: 0.3, width: 192, height: 108, margin: 0 });
    expect(levels[1]?.scale).toBeCloseTo(0.3 * FACTOR);
    const last = levels.at(-1)?.scale ?? 0;
    expect(12 / last).toBeLessThanOrEqual(1.5 * 360);
    expect(12 / (last * FACTOR)).toBeGreaterThan(1.5 * 360);
  });

  it('leaves room around the frame where a face is a large part of it, on even pixels', () => {
    const levels = pyramidLevels({ width: 641, height: 363 }, 40, FACTOR);

    for (const { scale, width, height, margin } of levels) {
      expect(margin > 0).toBe(12 / scale >= 0.3 * 363);
      expect([width % 2, height % 2, margin % 2]).toEqual([0, 0, 0]);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(12);
      expect(width).toBeGreaterThanOrEqual(641 * scale + 2 * margin - 1e-6);
      expect(width).toBeLessThan(Math.max(13, 641 * scale + 2 * margin + 2));
    }
  });

  it('has no level for a frame smaller than the smallest face', () => {
    expect(pyramidLevels({ width: 30, height: 300 }, 40, FACTOR)).toEqual([]);
    expect(pyramidLevels({ width: 1, height: 1 }, 20, FACTOR)).toEqual([]);
  });
});

it('counts the cells of a side and the pixels of cells alike', () => {
  expect(cellsAlong(12)).toBe(1);
  expect(cellsAlong(108)).toBe(49);
  expect(pixelsFor(49)).toBe(108);
});
