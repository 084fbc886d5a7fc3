import { quickQuality, frontality, isWorthEmbedding, visibleShare } from './quick-quality';

const frame = { width: 640, height: 360 };
const straight = [
  { x: 130, y: 120 },
  { x: 170, y: 120 },
  { x: 150, y: 145 },
  { x: 135, y: 165 },
  { x: 165, y: 165 },
];
const withNoseAt = (x: number) => straight.map((point, index) => (index === 2 ? { ...point, x } : point));
const turnedBy = (radians: number) =>
  straight.map(({ x, y }) => ({
    x: 150 + (x - 150) * Math.cos(radians) - (y - 140) * Math.sin(radians),
    y: 140 + (x - 150) * Math.sin(radians) + (y - 140) * Math.cos(radians),
  }));

describe('frontality', () => {
  it('is whole for a straight face, and does not mind a tilted head', () => {
    expect(frontality(straight)).toBeCloseTo(1, 6);
    expect(frontality(turnedBy(0.5))).toBeCloseTo(1, 6);
  });

  it('falls as the head turns, to nothing in profile', () => {
    expect(frontality(withNoseAt(158))).toBeLessThan(0.7);
    expect(frontality(withNoseAt(158))).toBeGreaterThan(0.4);
    expect(frontality(withNoseAt(175))).toBe(0);
  });

  it('is nothing without landmarks', () => {
    expect(frontality([])).toBe(0);
  });
});

describe('visibleShare', () => {
  it.each([
    ['inside', { x: 10, y: 10, width: 100, height: 100 }, 1],
    ['half out on the left', { x: -50, y: 10, width: 100, height: 100 }, 0.5],
    ['outside', { x: 700, y: 10, width: 100, height: 100 }, 0],
  ])('of a box %s', (_, box, share) => {
    expect(visibleShare(box, frame)).toBeCloseTo(share, 6);
  });
});

describe('quickQuality', () => {
  const large = { box: { x: 90, y: 60, width: 120, height: 140 }, score: 0.99, landmarks: straight };

  it('prefers the large, the whole and the certain', () => {
    const best = quickQuality(large, frame);
    expect(best).toBeCloseTo(0.99, 2);
    expect(quickQuality({ ...large, box: { ...large.box, width: 56, height: 56 } }, frame)).toBeLessThan(
      best * 0.6,
    );
    expect(quickQuality({ ...large, box: { ...large.box, x: -60 } }, frame)).toBeLessThan(best * 0.6);
    expect(quickQuality({ ...large, score: 0.7 }, frame)).toBeLessThan(best);
  });

  it('is nothing when the score is no number', () => {
    expect(quickQuality({ ...large, score: Number.NaN }, frame)).toBe(0);
  });
});

describe('isWorthEmbedding', () => {
  it.each([
    [0.5, 0, true],
    [0.3, 0, false],
    [0.3, 1000, true],
    [0.1, 1000, false],
    [0.1, 2000, true],
    [0, 60_000, false],
  ])('a face of quality %d after %d ms: %s', (quality, waitedMs, expected) => {
    expect(isWorthEmbedding(quality, waitedMs)).toBe(expected);
  });
});
