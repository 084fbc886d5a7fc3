import fc from 'fast-check';

import { parseCalibration, type Calibration } from './calibration';
import { expectedRates } from './risk';
import { betaScores, calibrationOf, drawn, normalScores, seeded, valueAt } from './testing/made-scores';

/** Impostors at 0, 0.001 … 0.999, each once; genuine at 0.5, 0.51 … 0.99. */
const EVEN = () =>
  calibrationOf(
    Float64Array.from({ length: 50 }, (_, at) => (50 + at) / 100),
    Float64Array.from({ length: 1000 }, (_, at) => at / 1000),
  );

function ratesAt(calibration: Calibration, similarityMin: number) {
  return expectedRates(calibration, { similarityMin, gallerySize: 1 });
}

describe('fitCalibration within the data', () => {
  it('counts the rates at each of its points', () => {
    const { points, source } = EVEN();

    expect(source).toMatchObject({ impostor: 1000, genuine: 50 });
    expect(points.length).toBeGreaterThanOrEqual(60);
    for (const { similarity, fmr, fnmr, extrapolated } of points.filter((one) => !one.extrapolated)) {
      expect(extrapolated).toBe(false);
      expect(fmr).toBeCloseTo(1 - Math.ceil(similarity * 1000 - 1e-6) / 1000, 4);
      expect(fnmr).toBeCloseTo(Math.max(0, Math.ceil(similarity * 100 - 50 - 1e-6)) / 50, 4);
    }
  });

  it('gives Wilson’s interval: 5 of 1,000 is 0.21 to 1.16 %, 0 of 50 at most 7.1 %', () => {
    const fmr = EVEN().points.find((point) => point.fmr === 0.005);
    expect(fmr).toMatchObject({ fmrLow: 0.002138, fmrHigh: 0.01165 });
    const all = EVEN().points[0];
    expect(all).toMatchObject({ fmr: 1, fmrHigh: 1, fnmr: 0, fnmrLow: 0, fnmrHigh: 0.07135 });
  });

  it('accepts a score that equals the threshold, however often it is tied', () => {
    const impostor = Float64Array.from({ length: 2000 }, (_, at) => (at < 1500 ? 0.1 : 0.4));
    const genuine = new Float64Array(40).fill(0.4);
    const calibration = calibrationOf(genuine, impostor);

    expect(ratesAt(calibration, 0.4)).toMatchObject({ fmr: { rate: 0.25 }, fnmr: { rate: 0 } });
    expect(ratesAt(calibration, 0.40001)).toMatchObject({ fmr: { rate: 0.0015 }, fnmr: { rate: 1 } });
  });

  it('takes float32 scores as float64 ones', () => {
    const values = drawn(normalScores(0, 0.1), 5000, seeded(3));
    const wide = calibrationOf(values.slice(0, 100), values.slice(100));
    const source = { kind: 'pairs', name: 'made scores', when: '2026-01-01T00:00:00.000Z' } as const;
    expect(wide.source).toEqual({ ...source, genuine: 100, impostor: 4900 });
    const narrow = calibrationOf(Float64Array.from(Float32Array.from(values.slice(0, 100))), Float64Array.from(Float32Array.from(values.slice(100)))); // prettier-ignore
    expect(narrow.points.length).toBe(wide.points.length);
    for (const [at, { similarity }] of narrow.points.entries()) {
      expect(Math.abs(similarity - (wide.points[at]?.similarity ?? NaN))).toBeLessThan(3e-5);
    }
  });

  it('undoes that each score is the highest of many comparisons', () => {
    const random = seeded(11);
    const people = normalScores(0, 0.1);
    const highest = Float64Array.from({ length: 20_000 }, () => Math.max(...drawn(people, 20, random)));
    const calibration = calibrationOf(new Float64Array(30).fill(0.9), highest, 20);

    expect(calibration.source.impostor).toBe(400_000);
    for (const share of [1e-2, 1e-3, 1e-4]) {
      const { rate } = ratesAt(calibration, valueAt(people, share)).fmr;
      expect(Math.abs(Math.log10(rate / share))).toBeLessThan(0.1);
    }
  });
});

describe('fitCalibration past the data', () => {
  it.each([
    ['normal', normalScores(0.05, 0.1)],
    ['beta', betaScores(8)],
  ])('goes on along a %s tail for a decade, truth in its interval', (_, known) => {
    const count = 50_000;
    const calibration = calibrationOf(new Float64Array(30).fill(1), drawn(known, count, seeded(2026)));
    for (const share of [1 / count, 0.3 / count]) {
      const { fmr, extrapolated } = ratesAt(calibration, valueAt(known, share));
      expect(extrapolated).toBe(true);
      expect(fmr.interval[0]).toBeLessThan(share);
      expect(fmr.interval[1]).toBeGreaterThan(share);
      expect(Math.abs(Math.log10(fmr.rate / share))).toBeLessThan(0.7);
    }
  });

  it('is never below 3 / N where the counting ends, and ends two decades below', () => {
    const { points } = calibrationOf(
      new Float64Array(30).fill(1),
      drawn(normalScores(0, 0.1), 30_000, seeded(4)),
    );
    const counted = points.filter(({ extrapolated }) => !extrapolated);
    const beyond = points.filter(({ extrapolated }) => extrapolated);

    expect(counted.at(-1)?.fmr).toBeGreaterThanOrEqual(1e-4);
    expect(beyond[0]?.fmr).toBeGreaterThan(0.8e-4);
    expect(beyond.length).toBeGreaterThanOrEqual(15);
    expect(points.at(-1)?.fmr).toBe(1e-6);
  });

  it('does not go below what was seen: one stranger who is taken for somebody else', () => {
    const impostor = drawn(normalScores(0, 0.05), 30_000, seeded(4));
    impostor[0] = 0.9;
    const calibration = calibrationOf(new Float64Array(30).fill(1), impostor);

    expect(ratesAt(calibration, 0.9)).toMatchObject({ fmr: { rate: 3.333e-5 }, extrapolated: true });
  });

  it('claims no more than the rule of 3 where scores are too few or too tied to have a tail', () => {
    const impostor = Float64Array.from({ length: 1000 }, (_, at) => (at % 10) / 100);
    const { points } = calibrationOf(new Float64Array(30).fill(0.8), impostor);

    expect(points.at(-1)).toMatchObject({ fmr: 0.003, fmrLow: 0, fmrHigh: 0.003, extrapolated: true });
  });
});

describe('fitCalibration of whatever scores', () => {
  it('gives a sound map: FMR falls, FNMR rises, each within its interval', () => {
    const scores = (count: number) => fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 40 }).map((some) => Float64Array.from({ length: count }, (_, at) => some[(at * 7) % some.length]! * (1 - (at % 13) / 100))); // prettier-ignore
    fc.assert(
      fc.property(scores(60), scores(1500), (genuine, impostor) => {
        const calibration = calibrationOf(genuine, impostor);
        // parseCalibration holds the properties.
        expect(parseCalibration(JSON.parse(JSON.stringify(calibration)), 'it')).toEqual(calibration);
        expect(calibration.points.length).toBeLessThanOrEqual(120);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('says how many scores are needed', () => {
    expect(() => calibrationOf(new Float64Array(29), new Float64Array(5000))).toThrow(
      expect.objectContaining({ code: 'calibration/too-few-scores', message: expect.stringMatching(/1000 and 30/) }), // prettier-ignore
    );
    expect(() => calibrationOf(new Float64Array(30), new Float64Array(999))).toThrow(/999 scores of two/);
  });

  it.each([[1.2], [-1.01]])('refuses %d, which is no cosine', (score) => {
    const impostor = new Float64Array(1000);
    impostor[7] = score;
    expect(() => calibrationOf(new Float64Array(30), impostor)).toThrow(
      expect.objectContaining({ code: 'calibration/bad-score', message: expect.stringContaining(String(score)) }), // prettier-ignore
    );
  });

  it('refuses what is no number', () => {
    expect(() => calibrationOf(new Float64Array(30), new Float64Array(1000).fill(NaN))).toThrow(
      expect.objectContaining({ code: 'evaluate/invalid-score' }),
    );
  });
});
