import type { Candidate } from './candidate';
import { regressed, squared } from './candidate';
import { suppress } from './suppress';

function box(left: number, top: number, right: number, bottom: number, score: number): Candidate {
  return { left, top, right, bottom, score, regression: [0, 0, 0, 0] };
}

describe('suppress', () => {
  it('keeps the best of boxes that overlap by more than the limit, best first', () => {
    const weak = box(0, 0, 100, 100, 0.7);
    const strong = box(5, 5, 105, 105, 0.9);
    const apart = box(300, 300, 400, 400, 0.8);

    expect(suppress([weak, apart, strong], 0.5, 'union')).toEqual([strong, apart]);
  });

  it('keeps both where the overlap is exactly the limit', () => {
    // 50 of 150 pixels are shared.
    const pair = [box(0, 0, 100, 1, 0.9), box(50, 0, 150, 1, 0.8)];

    expect(suppress(pair, 1 / 3 + 1e-9, 'union')).toHaveLength(2);
    expect(suppress(pair, 1 / 3 - 1e-9, 'union')).toHaveLength(1);
  });

  it('drops a small box inside a large one only when measured by the smaller', () => {
    const nested = [box(0, 0, 200, 200, 0.9), box(80, 80, 120, 120, 0.8)];

    expect(suppress(nested, 0.7, 'union')).toHaveLength(2);
    expect(suppress(nested, 0.7, 'minimum')).toEqual([nested[0]]);
  });

  it('lets a dropped box drop no other', () => {
    const chain = [box(0, 0, 100, 10, 0.9), box(30, 0, 130, 10, 0.8), box(60, 0, 160, 10, 0.7)];

    expect(suppress(chain, 0.5, 'union')).toEqual([chain[0], chain[2]]);
  });

  it('gives nothing for nothing', () => {
    expect(suppress([], 0.5, 'union')).toEqual([]);
  });
});

describe('regressed', () => {
  it('moves each side by parts of the box’s width and height', () => {
    const candidate = { ...box(10, 20, 110, 220, 1), regression: [0.1, -0.1, 0.2, 0.05] as const };

    expect(regressed(candidate, 0)).toMatchObject({ left: 20, top: 0, right: 130, bottom: 230 });
    expect(regressed(candidate, 1).left).toBeCloseTo(20.1);
    expect(regressed(candidate, 1).bottom).toBeCloseTo(230.05);
  });
});

describe('squared', () => {
  it('grows the shorter side about the centre', () => {
    expect(squared(box(0, 0, 100, 40, 1))).toMatchObject({ left: 0, top: -30, right: 100, bottom: 70 });
    expect(squared(box(0, 0, 40, 100, 1))).toMatchObject({ left: -30, top: 0, right: 70, bottom: 100 });
  });
});
