import fc from 'fast-check';

import { fuseLiveness, withSample, type LivenessWindow } from './liveness-fusion';

const windowOf = (...scores: number[]): LivenessWindow =>
  scores.map((score, index) => ({ score, atMs: index * 100 }));
const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 8 });

describe('fuseLiveness', () => {
  it.each([
    ['nothing', [], undefined],
    ['too few frames', [0.9, 0.9], undefined],
    ['a lower quartile between two frames', [0.2, 0.4, 1], 0.3],
    ['a lower quartile on a frame', [1, 0.1, 0.9, 0.8, 0.7], 0.7],
    ['one bad frame of a live person', [1, 1, 1, 0, 1, 1, 1, 1], 1],
    ['some good frames of an attack', [0, 1, 0, 1, 0, 0, 1, 0], 0],
  ])('takes %s', (_, frames, expected) => {
    const fused = fuseLiveness(windowOf(...frames));
    if (expected === undefined) expect(fused).toBeUndefined();
    else expect(fused).toEqual({ score: expect.closeTo(expected, 9) as number, frames: frames.length });
  });

  it('lies between the least and the mean of the middle, whatever the order', () => {
    fc.assert(
      fc.property(scores, (list) => {
        const { score } = fuseLiveness(windowOf(...list)) ?? { score: Number.NaN };
        const sorted = [...list].sort((a, b) => a - b);
        expect(score).toBeGreaterThanOrEqual(sorted[0] as number);
        expect(score).toBeLessThanOrEqual(sorted[Math.ceil((sorted.length - 1) / 2)] as number);
        expect(fuseLiveness(windowOf(...sorted))?.score).toBe(score);
      }),
    );
  });

  it('never falls when a frame gets better', () => {
    fc.assert(
      fc.property(scores, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (list, at, better) => {
        const raised = list.map((score, index) =>
          index === at % list.length ? Math.max(score, better) : score,
        );
        const before = fuseLiveness(windowOf(...list))?.score as number;
        expect(fuseLiveness(windowOf(...raised))?.score).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe('withSample', () => {
  const add = (window: LivenessWindow, atMs: number) => withSample(window, { score: 0.5, atMs });

  it('keeps the newest frames only', () => {
    let window: LivenessWindow = [];
    for (let atMs = 0; atMs < 2_000; atMs += 100) window = add(window, atMs);
    expect(window.map(({ atMs }) => atMs)).toEqual([1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800, 1_900]);
  });

  it('leaves out frames that are nearly the same, and older ones', () => {
    const window = add([], 1_000);
    expect(add(window, 1_059)).toBe(window);
    expect(add(window, 900)).toBe(window);
    expect(add(window, 1_060)).toHaveLength(2);
  });

  it('forgets what is long past', () => {
    expect(add(add([], 0), 4_000)).toHaveLength(2);
    expect(add(add([], 0), 4_001)).toHaveLength(1);
  });

  it.each([
    { score: Number.NaN, atMs: 0 },
    { score: 1.01, atMs: 0 },
    { score: -0.01, atMs: 0 },
    { score: 0.5, atMs: Number.NaN },
  ])('refuses %j', (sample) => {
    expect(() => withSample([], sample)).toThrow(
      expect.objectContaining({ code: 'liveness/invalid-sample' }),
    );
  });
});
