import type { FaceMeasures } from './face-measures';
import { overallScore } from './overall-score';
import { GOOD } from './testing/good-quality';

const length = (value: number, modelId = 'mobilefacenet-192') => ({ modelId, length: value });

describe('overallScore', () => {
  it('is high for a flawless picture, higher where the embedding says so too', () => {
    expect(overallScore(GOOD)).toBeGreaterThan(0.9);
    expect(overallScore(GOOD, length(75))).toBeGreaterThan(0.95);
  });

  it.each<[string, Partial<FaceMeasures>, Partial<FaceMeasures>]>([
    ['farther away', { interEyeDistancePx: 25 }, { interEyeDistancePx: 12 }],
    ['more blurred', { sharpness: 0.15 }, { sharpness: 0.05 }],
    ['brighter', { brightness: 0.8 }, { brightness: 0.95 }],
    ['more turned', { yawDeg: 25 }, { yawDeg: -50 }],
    ['more tilted', { rollDeg: 10 }, { rollDeg: -40 }],
    ['more hidden', { occlusion: 0.3 }, { occlusion: 0.9 }],
    ['blacker', { underExposed: 0.2 }, { underExposed: 0.8 }],
    ['more cut off', { inFrame: 0.9 }, { inFrame: 0.5 }],
  ])('is lower for what is %s, with the length and without', (_, some, more) => {
    for (const embedding of [undefined, length(75)]) {
      const [good, worse, worst] = [GOOD, { ...GOOD, ...some }, { ...GOOD, ...more }].map((measures) =>
        overallScore(measures, embedding),
      ) as [number, number, number];
      expect(worse).toBeLessThan(good);
      expect(worst).toBeLessThan(worse);
      expect(worst).toBeGreaterThan(0);
    }
  });

  it('falls with a shorter embedding, and does not rise beyond a good one', () => {
    const scores = [90, 73, 60, 40, 0].map((value) => overallScore(GOOD, length(value)));
    expect(scores[0]).toBe(scores[1]);
    expect(scores.slice(1)).toEqual([...scores.slice(1)].sort((a, b) => b - a));
    expect(scores[3]).toBeLessThan(0.7);
  });

  it.each([
    ['another model', length(10, 'faceplugin-512')],
    ['no number', length(Number.NaN)],
  ])('leaves out the length of %s', (_, embedding) => {
    expect(overallScore(GOOD, embedding)).toBe(overallScore(GOOD));
  });
});
