import type { Calibration, CalibrationPoint } from './calibration';
import { expectedRates, thresholdForRisk } from './risk';
import { seeded } from './testing/made-scores';

function point(similarity: number, fmr: number, fnmr: number, extrapolated = false): CalibrationPoint {
  return { similarity, fmr, fmrLow: fmr / 2, fmrHigh: Math.min(1, fmr * 2), fnmr, fnmrLow: 0, fnmrHigh: Math.min(1, fnmr + 0.01), extrapolated }; // prettier-ignore
}

const CALIBRATION: Calibration = {
  version: 1,
  modelId: 'made',
  modelSha256: 'a'.repeat(64),
  source: { kind: 'pairs', name: 'made', impostor: 30_000, genuine: 500, when: '2026-01-01T00:00:00.000Z' },
  points: [
    point(0, 1, 0),
    point(0.2, 1e-2, 0.001),
    point(0.4, 1e-4, 0.01),
    point(0.6, 1e-6, 0.1, true),
    point(0.7, 1e-6, 0.2, true),
  ],
};

describe('thresholdForRisk', () => {
  it('finds the threshold of an FMR, the logarithm going straight between points', () => {
    const found = thresholdForRisk(CALIBRATION, { fpirMax: 1e-3, gallerySize: 1 });

    expect(found).toEqual({
      similarityMin: expect.closeTo(0.3, 9),
      fmr: expect.closeTo(1e-3, 12),
      fnmr: expect.closeTo(Math.sqrt(0.001 * 0.01), 9),
      extrapolated: false,
    });
  });

  it('asks a hundred times the FMR of a gallery of a hundred', () => {
    // 1 - (1 - 1e-4)^100 = 0.0099507
    const found = thresholdForRisk(CALIBRATION, { fpirMax: 0.009950661, gallerySize: 100 });

    expect(found).toMatchObject({ similarityMin: expect.closeTo(0.4, 6), fmr: expect.closeTo(1e-4, 9) });
  });

  it('says where it is extrapolated, and refuses past that with what is needed', () => {
    expect(thresholdForRisk(CALIBRATION, { fpirMax: 1e-5, gallerySize: 1 })).toMatchObject({
      similarityMin: expect.closeTo(0.5, 9),
      extrapolated: true,
    });
    // An FMR of 1.0005e-7, a tenth of what 30,000 comparisons reach.
    expect(thresholdForRisk(CALIBRATION, { fpirMax: 1e-3, gallerySize: 10_000 })).toEqual({
      refused: expect.stringMatching(/FMR of 1\.0e-7; .* 0\.0000010, from 30000 .* About 299850 are needed/),
    });
  });

  it('chooses the lowest threshold where all keep the risk', () => {
    const mild = { ...CALIBRATION, points: CALIBRATION.points.slice(2) };
    expect(thresholdForRisk(mild, { fpirMax: 0.5, gallerySize: 1 })).toMatchObject({
      similarityMin: 0.4,
      fmr: 1e-4,
    });
  });

  it('keeps the risk that it was given, at any gallery size', () => {
    for (const gallerySize of [1, 7, 100, 5000]) {
      for (const fpirMax of [0.3, 0.01, 0.006]) {
        const found = thresholdForRisk(CALIBRATION, { fpirMax, gallerySize });
        if ('refused' in found) throw new Error(found.refused);
        const { fpir } = expectedRates(CALIBRATION, { similarityMin: found.similarityMin, gallerySize });
        expect(fpir.rate / fpirMax).toBeCloseTo(1, 6);
      }
    }
  });

  it.each([
    [0, 10],
    [1, 10],
    [Number.NaN, 10],
    [0.1, 0],
    [0.1, 1.5],
    [0.1, Infinity],
  ])('refuses a risk of %d with a gallery of %d', (fpirMax, gallerySize) => {
    expect(() => thresholdForRisk(CALIBRATION, { fpirMax, gallerySize })).toThrow(
      expect.objectContaining({ code: 'calibration/invalid-risk' }),
    );
  });
});

describe('expectedRates', () => {
  it('gives the FPIR that a simulation of searches has', () => {
    const [gallerySize, searches, similarityMin] = [40, 20_000, 0.2];
    const random = seeded(8);
    let named = 0;
    for (let search = 0; search < searches; search += 1) {
      if (Array.from({ length: gallerySize }, () => random() < 1e-2).includes(true)) named += 1;
    }
    const { fpir } = expectedRates(CALIBRATION, { similarityMin, gallerySize });

    // Four standard errors of the simulation.
    expect(Math.abs(fpir.rate - named / searches)).toBeLessThan(4 * Math.sqrt(0.33 * 0.67 * (1 / searches)));
  });

  it('gives intervals that hold their rates, and those of the ends past the ends', () => {
    for (const similarityMin of [-1, 0, 0.05, 0.31, 0.4, 0.55, 0.65, 0.7, 1]) {
      const { fmr, fpir, fnmr } = expectedRates(CALIBRATION, { similarityMin, gallerySize: 50 });
      for (const { rate, interval } of [fmr, fpir, fnmr]) {
        expect(rate).toBeGreaterThanOrEqual(interval[0]);
        expect(rate).toBeLessThanOrEqual(interval[1]);
      }
    }
    expect(expectedRates(CALIBRATION, { similarityMin: -1, gallerySize: 1 }).fmr.rate).toBe(1);
    expect(expectedRates(CALIBRATION, { similarityMin: 1, gallerySize: 1 })).toMatchObject({
      fmr: { rate: 1e-6 },
      fnmr: { rate: 0.2 },
      extrapolated: true,
    });
  });

  it('refuses a similarity that is none', () => {
    expect(() => expectedRates(CALIBRATION, { similarityMin: Number.NaN, gallerySize: 1 })).toThrow(
      expect.objectContaining({ code: 'calibration/invalid-risk' }),
    );
  });
});
