import { candidatesOf, pyramidLevels } from './pyramid';

describe('pyramidLevels', () => {
  it('goes from the smallest face down to the frame’s short side', () => {
    const levels = pyramidLevels(640, 360, 40);

    expect(levels[0]).toEqual({ scale: 0.3, width: 193, height: 109 });
    expect(levels[1]?.scale).toBeCloseTo(0.3 * 0.709);
    const last = levels.at(-1);
    expect((last?.scale ?? 0) * 360).toBeGreaterThanOrEqual(12);
    expect((last?.scale ?? 0) * 0.709 * 360).toBeLessThan(12);
  });

  it('has no level for a frame smaller than the smallest face', () => {
    expect(pyramidLevels(30, 300, 40)).toEqual([]);
    expect(pyramidLevels(1, 1, 20)).toEqual([]);
  });
});

describe('candidatesOf', () => {
  it('maps a cell to its box in the frame and reads its own regression', () => {
    const [columns, rows] = [3, 2];
    const plane = columns * rows;
    const probability = new Float32Array(2 * plane);
    const regression = Float32Array.from({ length: 4 * plane }, (_, index) => index);
    probability[plane + 5] = 0.9;
    probability[plane + 1] = 0.59;

    const candidates = candidatesOf({ columns, rows, probability, regression }, 0.3, 0.6);

    // Column 2, row 1: from (2·2+1)/0.3 and (2·1+1)/0.3 to eleven pixels of the level further.
    expect(candidates).toEqual([
      { left: 16, top: 10, right: 53, bottom: 46, score: expect.closeTo(0.9), regression: [5, 11, 17, 23] },
    ]);
  });

  it('takes a probability that is no number for no face', () => {
    const nothing = {
      columns: 1,
      rows: 1,
      probability: Float32Array.of(0, NaN),
      regression: new Float32Array(4),
    };

    expect(candidatesOf(nothing, 1, 0.6)).toEqual([]);
  });
});
