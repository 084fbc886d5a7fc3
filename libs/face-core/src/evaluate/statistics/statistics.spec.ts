import { equalErrorRate } from './equal-error-rate';
import { histogram } from './histogram';
import { evidenceFor, wilsonInterval } from './interval';
import { kFoldAccuracy, type FoldedScore } from './k-fold-accuracy';
import { areaUnderRoc, detCurve } from './roc';
import { errorRatesAt, scoreSet } from './score-set';
import { tarAtFar } from './tar-at-far';

/** By hand: at 0.5 one of four impostors passes, one of four genuine is refused. */
const SMALL = scoreSet([0.9, 0.8, 0.6, 0.3], [0.1, 0.2, 0.4, 0.5]);

describe('errorRatesAt', () => {
  it('accepts a score that equals the threshold', () => {
    expect(errorRatesAt(SMALL, 0.5)).toEqual({ fmr: 0.25, fnmr: 0.25 });
    expect(errorRatesAt(SMALL, 0.51)).toEqual({ fmr: 0, fnmr: 0.25 });
    expect(errorRatesAt(SMALL, 0.3)).toEqual({ fmr: 0.5, fnmr: 0 });
  });

  it('leaves the rate of an empty class undefined', () => {
    expect(errorRatesAt(scoreSet([0.5], []), 0.4)).toEqual({ fmr: undefined, fnmr: 0 });
    expect(errorRatesAt(scoreSet([], []), 0.4)).toEqual({ fmr: undefined, fnmr: undefined });
  });

  it('never accepts a comparison that could not be made', () => {
    const failed = scoreSet([-Infinity, 0.5], [-Infinity, 0.1]);

    expect(errorRatesAt(failed, -1e300)).toEqual({ fmr: 0.5, fnmr: 0.5 });
  });
});

describe('scoreSet', () => {
  it.each([[NaN], [Infinity]])('refuses %d as a score', (score) => {
    expect(() => scoreSet([0.1, score], [])).toThrow(
      expect.objectContaining({ code: 'evaluate/invalid-score' }),
    );
  });
});

describe('equalErrorRate', () => {
  it('is the point where both rates are equal', () => {
    expect(equalErrorRate(SMALL)).toEqual({ rate: 0.25, threshold: 0.5 });
  });

  it('lies between two points where no threshold makes the rates equal', () => {
    // At 0.3: FMR 2/3, FNMR 0; at 0.6: FMR 1/3, FNMR 1/2. On the line between they meet at 0.4.
    expect(equalErrorRate(scoreSet([0.3, 0.6], [0.1, 0.3, 0.7]))?.rate).toBeCloseTo(0.4, 12);
  });

  it('is 0 for classes that do not overlap, 1 for classes the wrong way round, a half for all alike', () => {
    expect(equalErrorRate(scoreSet([0.8, 0.9], [0.1, 0.2]))).toEqual({ rate: 0, threshold: 0.8 });
    expect(equalErrorRate(scoreSet([0.1, 0.2], [0.8, 0.9]))?.rate).toBe(1);
    expect(equalErrorRate(scoreSet([0.5, 0.5], [0.5, 0.5, 0.5]))?.rate).toBe(0.5);
  });

  it('is undefined where a class is empty', () => {
    expect(equalErrorRate(scoreSet([], [0.1]))).toBeUndefined();
    expect(equalErrorRate(scoreSet([0.1], []))).toBeUndefined();
  });
});

describe('areaUnderRoc', () => {
  it('counts pairs in the right order, ties half', () => {
    // 0.3 beats two of four; the other three beat all.
    expect(areaUnderRoc(SMALL)).toBe(14 / 16);
    expect(areaUnderRoc(scoreSet([0.5], [0.5, 0.4]))).toBe(0.75);
    expect(areaUnderRoc(scoreSet([], [0.5]))).toBeUndefined();
  });
});

describe('detCurve', () => {
  it('has every threshold of a small set', () => {
    const curve = detCurve(scoreSet([0.2, 0.4], [0.1, 0.3]));

    expect(curve).toEqual([
      { threshold: 0.1, fmr: 1, fnmr: 0 },
      { threshold: 0.2, fmr: 0.5, fnmr: 0 },
      { threshold: 0.3, fmr: 0.5, fnmr: 0.5 },
      { threshold: 0.4, fmr: 0, fnmr: 0.5 },
    ]);
  });

  it('keeps the rare errors of a large set in few points', () => {
    const impostor = Float32Array.from({ length: 100_000 }, (_, at) => at / 100_000);
    const curve = detCurve(scoreSet(Float32Array.of(0.5, 0.99999), impostor), 200);

    expect(curve.length).toBeLessThanOrEqual(200);
    expect(curve.some(({ fmr }) => fmr > 0 && fmr <= 2e-5)).toBe(true);
    expect(detCurve(scoreSet([], [0.1]))).toEqual([]);
  });
});

describe('tarAtFar', () => {
  const impostor = Array.from({ length: 1000 }, (_, at) => at / 1000);

  it('takes the lowest threshold within the target', () => {
    // 10 of 1,000 may pass: 0.990 to 0.999.
    const found = tarAtFar(scoreSet([0.5, 0.9895, 0.995, 1], impostor), 0.01);

    expect(found).toMatchObject({ tar: 0.75, threshold: 0.9895, far: 0.01, evidence: 'few' });
  });

  it('lets none of a run of equal scores pass when all would be too many', () => {
    const tied = [...Array.from({ length: 980 }, () => 0.1), ...Array.from({ length: 20 }, () => 0.7)];

    expect(tarAtFar(scoreSet([0.7, 0.8], tied), 0.01)).toMatchObject({ tar: 0.5, threshold: 0.8, far: 0 });
  });

  it('says how many pairs a target needs', () => {
    expect(tarAtFar(scoreSet([0.9], impostor), 1e-3)).toEqual({ notEnoughPairs: true, impostorNeeded: 3000 });
    expect(tarAtFar(scoreSet([], impostor), 0.1)).toMatchObject({ notEnoughPairs: true });
  });

  it('rejects all genuine when every impostor is above them', () => {
    const found = tarAtFar(
      scoreSet(
        [0.1],
        impostor.map((score) => score + 0.5),
      ),
      0.01,
    );

    expect(found).toMatchObject({ tar: 0 });
  });
});

describe('wilsonInterval', () => {
  it.each([
    // Newcombe 1998, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d is as published', (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials);

    expect(interval?.[0]).toBeCloseTo(low, 4);
    expect(interval?.[1]).toBeCloseTo(high, 4);
  });

  it('of nothing is undefined', () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
  });
});

describe('evidenceFor', () => {
  it('follows the rules of 3 and of 30', () => {
    expect(evidenceFor(1e-6, 2_999_999)).toBe('not-enough');
    expect(evidenceFor(1e-6, 3_000_000)).toBe('few');
    expect(evidenceFor(1e-6, 29_999_999)).toBe('few');
    expect(evidenceFor(1e-6, 30_000_000)).toBe('enough');
  });
});

describe('kFoldAccuracy', () => {
  const fold = (number: number, genuine: number[], impostor: number[]): FoldedScore[] => [
    ...genuine.map((score) => ({ score, same: true, fold: number })),
    ...impostor.map((score) => ({ score, same: false, fold: number })),
  ];

  it('judges each fold with the threshold of the others', () => {
    // Fold 1 alone would choose 0.35 and fold 0 alone 0.55.
    const found = kFoldAccuracy([...fold(0, [0.6, 0.7], [0.4, 0.5]), ...fold(1, [0.4, 0.6], [0.2, 0.3])]);

    expect(found?.folds.map(({ accuracy }) => accuracy)).toEqual([0.5, 0.75]);
    expect(found?.folds[0]?.threshold).toBeCloseTo(0.35, 12);
    expect(found?.mean).toBe(0.625);
    // Standard deviation 0.1768 over the root of 2.
    expect(found?.standardError).toBeCloseTo(0.125, 12);
  });

  it('counts a comparison that could not be made as a rejection', () => {
    const found = kFoldAccuracy([
      ...fold(0, [0.9, -Infinity], [0.1, -Infinity]),
      ...fold(1, [0.9, 0.8], [0.1, 0.2]),
    ]);

    expect(found?.folds.map(({ accuracy }) => accuracy)).toEqual([0.75, 1]);
  });

  it('needs two folds', () => {
    expect(kFoldAccuracy(fold(0, [0.9], [0.1]))).toBeUndefined();
  });
});

describe('histogram', () => {
  it('puts every score within the limits in one bin, the upper limit in the last', () => {
    const scores = Float64Array.of(-Infinity, -0.1, 0, 0.49, 0.5, 1, 1, 1.1);

    expect(histogram(scores, 0, 1, 2)).toEqual({ from: [0, 0.5], width: 0.5, counts: [2, 3] });
  });
});
