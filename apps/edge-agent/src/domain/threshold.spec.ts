import { CASE_CALIBRATION, THRESHOLD_CASES } from '@munjigi/contracts/testing';
import fc from 'fast-check';
import { chooseThreshold } from './threshold';

describe('chooseThreshold', () => {
  it.each(THRESHOLD_CASES.map((each) => [each.name, each] as const))(
    'takes, with %s',
    (_, { settings, gallerySize, calibrated, modelSimilarityMin, expected }) => {
      const calibration = calibrated ? CASE_CALIBRATION : undefined;
      const model = { similarityMin: modelSimilarityMin, calibration };
      expect(chooseThreshold(settings, { model, gallerySize })).toEqual({
        ...expected,
        similarityMin: expect.closeTo(expected.similarityMin, 9),
      });
    },
  );

  const gallery = fc.nat(1_000_000);
  const risk = fc.double({ min: -9, max: -1, noNaN: true }).map((decades) => 10 ** decades);
  const similarity = fc.double({ min: 0, max: 1, noNaN: true });

  it('never lowers the threshold as the gallery grows, whatever the calibration', () => {
    fc.assert(
      fc.property(
        gallery,
        gallery,
        risk,
        similarity,
        calibrations(),
        (one, other, fpirMax, own, calibration) => {
          const model = { similarityMin: own, calibration };
          const settings = { similarityMin: null, fpirMax };
          const [smaller, larger] = [Math.min(one, other), Math.max(one, other)].map((gallerySize) =>
            chooseThreshold(settings, { model, gallerySize }),
          );
          return larger!.similarityMin >= smaller!.similarityMin;
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never lowers the threshold as less is risked, whatever the calibration', () => {
    fc.assert(
      fc.property(
        gallery,
        risk,
        risk,
        similarity,
        calibrations(),
        (gallerySize, one, other, own, calibration) => {
          const model = { similarityMin: own, calibration };
          const [safer, riskier] = [Math.min(one, other), Math.max(one, other)].map((fpirMax) =>
            chooseThreshold({ similarityMin: null, fpirMax }, { model, gallerySize }),
          );
          return safer!.similarityMin >= riskier!.similarityMin;
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** Sound calibrations of every shape: steps and level stretches of the FMR, ending anywhere. */
function calibrations() {
  const steps = fc.array(
    fc.record({
      up: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
      decades: fc.constantFrom(0, 0, 0.3, 1, 2),
    }),
    { minLength: 1, maxLength: 12 },
  );
  return steps.map((all) => {
    let [similarity, fmr] = [-0.2, 1];
    const points = [{ up: 0, decades: 0 }, ...all].map(({ up, decades }) => {
      similarity += up;
      fmr /= 10 ** decades;
      return {
        similarity,
        fmr,
        fmrLow: fmr,
        fmrHigh: fmr,
        fnmr: 0,
        fnmrLow: 0,
        fnmrHigh: 0,
        extrapolated: false,
      };
    });
    return { ...CASE_CALIBRATION, points: points.filter((point) => point.similarity <= 1) };
  });
}
