import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { equalErrorRate } from './equal-error-rate';
import { wilsonInterval } from './interval';
import { areaUnderRoc } from './roc';
import { errorRatesAt, scoreSet, type ScoreSet } from './score-set';
import { tarAtFar } from './tar-at-far';

const golden = z
  .object({
    cases: z.array(
      z.object({
        name: z.string(),
        auc: z.number(),
        eer: z.number(),
        tarAtFar: z.array(z.tuple([z.number(), z.number()])),
        det: z.array(z.tuple([z.number(), z.number(), z.number()])),
      }),
    ),
    wilson: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  })
  .parse(JSON.parse(readFileSync(join(__dirname, 'testing', 'sklearn.json'), 'utf8')));

/** The generator of `testing/record-sklearn.py`. */
function scores(count: number, seed: number, low: number, high: number, step: number): number[] {
  let state = BigInt(seed);
  return Array.from({ length: count }, () => {
    state = (state * 1103515245n + 12345n) % 2n ** 31n;
    return Math.round((low + ((high - low) * Number(state)) / 2 ** 31) / step) * step;
  });
}

const SETS: Readonly<Record<string, ScoreSet>> = {
  ties: scoreSet(scores(500, 1, 0.2, 1, 1 / 64), scores(800, 2, -0.4, 0.5, 1 / 64)),
  fine: scoreSet(scores(700, 3, 0.3, 1, 2 ** -20), scores(5000, 4, -0.5, 0.45, 2 ** -20)),
};

describe.each(golden.cases)('scores “$name”, against scikit-learn', ({ name, auc, eer, ...curves }) => {
  const set = SETS[name] as ScoreSet;

  it('have its AUC and EER', () => {
    expect(areaUnderRoc(set)).toBeCloseTo(auc, 12);
    expect(equalErrorRate(set)?.rate).toBeCloseTo(eer, 10);
  });

  it.each(curves.tarAtFar)('have its TAR at FAR %d', (far, tar) => {
    expect(tarAtFar(set, far)).toMatchObject({ tar: expect.closeTo(tar, 12) });
  });

  it.each(curves.det)('have its error rates at %d', (threshold, fmr, fnmr) => {
    const rates = errorRatesAt(set, threshold);

    expect(rates.fmr).toBeCloseTo(fmr, 12);
    expect(rates.fnmr).toBeCloseTo(fnmr, 12);
  });
});

describe('wilsonInterval, against SciPy', () => {
  it.each(golden.wilson)('of %d in %d', (hits, trials, low, high) => {
    const interval = wilsonInterval(hits, trials);

    expect(interval?.[0]).toBeCloseTo(low, 12);
    expect(interval?.[1]).toBeCloseTo(high, 12);
  });
});
