import fc from 'fast-check';

import { equalErrorRate } from './equal-error-rate';
import { kFoldAccuracy } from './k-fold-accuracy';
import { areaUnderRoc, detCurve } from './roc';
import { errorRatesAt, scoreSet } from './score-set';
import { tarAtFar } from './tar-at-far';

/** Few distinct values, so that ties are common; exact in binary, so that maps keep them apart. */
const score = fc.integer({ min: -32, max: 32 }).map((value) => value / 32);
const scores = fc.array(score, { minLength: 1, maxLength: 60 });

describe('verification figures, on any scores', () => {
  it('EER stays the same under strictly increasing maps', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const map = (value: number) => Math.exp(2 * value) + value ** 3 - 7;
        const before = equalErrorRate(scoreSet(genuine, impostor));
        const after = equalErrorRate(scoreSet(genuine.map(map), impostor.map(map)));

        expect(after?.rate).toBe(before?.rate);
        expect(after?.threshold).toBe(map(before?.threshold as number));
      }),
    );
  });

  it('EER swaps to itself when classes and order are both reversed', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const flipped = equalErrorRate(
          scoreSet(
            impostor.map((value) => -value),
            genuine.map((value) => -value),
          ),
        );

        expect(flipped?.rate).toBeCloseTo(equalErrorRate(scoreSet(genuine, impostor))?.rate as number, 12);
      }),
    );
  });

  it('DET is monotone, and each point is what its threshold does', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const set = scoreSet(genuine, impostor);
        const curve = detCurve(set, 20);

        expect(curve.length).toBeGreaterThan(0);
        for (const [at, point] of curve.entries()) {
          expect(errorRatesAt(set, point.threshold)).toEqual({ fmr: point.fmr, fnmr: point.fnmr });
          const before = curve[at - 1];
          if (!before) continue;
          expect(point.threshold).toBeGreaterThan(before.threshold);
          expect(point.fmr).toBeLessThanOrEqual(before.fmr);
          expect(point.fnmr).toBeGreaterThanOrEqual(before.fnmr);
        }
      }),
    );
  });

  it('AUC is the Mann-Whitney statistic', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        let wins = 0;
        for (const one of genuine) {
          for (const other of impostor) wins += one > other ? 1 : one === other ? 0.5 : 0;
        }

        expect(areaUnderRoc(scoreSet(genuine, impostor))).toBeCloseTo(
          wins / genuine.length / impostor.length,
          12,
        );
      }),
    );
  });

  it('TAR at FAR keeps its target, and no lower threshold seen would', () => {
    fc.assert(
      fc.property(scores, scores, fc.constantFrom(0.1, 0.3, 0.5), (genuine, impostor, far) => {
        const set = scoreSet(genuine, impostor);
        const found = tarAtFar(set, far);
        if ('notEnoughPairs' in found) return expect(impostor.length * far).toBeLessThan(3);

        expect(found.far).toBeLessThanOrEqual(far);
        expect(errorRatesAt(set, found.threshold)).toEqual({
          fmr: found.far,
          fnmr: expect.closeTo(1 - found.tar, 12),
        });
        const lower = [...genuine, ...impostor].filter((value) => value < found.threshold);
        if (lower.length > 0) {
          expect(errorRatesAt(set, Math.max(...lower)).fmr).toBeGreaterThan(far);
        }
      }),
    );
  });

  it('accuracy lies in 0 to 1 whatever failed', () => {
    const maybe = fc.oneof(score, fc.constant(-Infinity));
    const comparison = fc.record({ score: maybe, same: fc.boolean(), fold: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(comparison, { maxLength: 40 }), (comparisons) => {
        const found = kFoldAccuracy(comparisons);
        if (!found) return expect(new Set(comparisons.map(({ fold }) => fold)).size).toBeLessThan(2);

        for (const { accuracy } of found.folds) {
          expect(accuracy).toBeGreaterThanOrEqual(0);
          expect(accuracy).toBeLessThanOrEqual(1);
        }
        expect(found.standardError).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
