import { CASE_CALIBRATION, THRESHOLD_CASES } from '@munjigi/contracts/testing';
import { thresholdInForce } from './threshold';

describe('thresholdInForce', () => {
  it.each(THRESHOLD_CASES.map((each) => [each.name, each] as const))(
    'is, with %s',
    (_, { settings, gallerySize, calibrated, modelSimilarityMin, expected }) => {
      const calibration = calibrated ? CASE_CALIBRATION : undefined;
      expect(thresholdInForce(settings, { modelSimilarityMin, calibration, gallerySize })).toEqual({
        ...expected,
        similarityMin: expect.closeTo(expected.similarityMin, 9),
      });
    },
  );
});
