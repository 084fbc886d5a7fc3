import type { DoorSettings } from '../primitives/door-settings';
import type { ThresholdReason, UnmetRisk } from '../primitives/threshold';

/** A door's settings and gallery, and the threshold that must follow, on the door as in what the server says of it. */
export interface ThresholdCase {
  readonly name: string;
  readonly settings: Pick<DoorSettings, 'similarityMin' | 'fpirMax'>;
  readonly gallerySize: number;
  /** Whether the model has {@link CASE_CALIBRATION}, or none. */
  readonly calibrated: boolean;
  /** The model's own threshold. */
  readonly modelSimilarityMin: number;
  readonly expected: {
    readonly similarityMin: number;
    readonly reason: ThresholdReason;
    readonly unmet: UnmetRisk | null;
  };
}

/** A calibration of which every FMR can be worked out by hand: a decade for each tenth, down to 1e-6 at 0.6. */
export const CASE_CALIBRATION = {
  version: 1 as const,
  modelId: 'mobilefacenet-192',
  modelSha256: 'a'.repeat(64),
  source: {
    kind: 'pairs' as const,
    name: 'made for tests',
    impostor: 300_000,
    genuine: 1000,
    when: '2026-10-01T09:30:00.000Z',
  },
  points: [0, 1, 2, 3, 4, 5, 6, 9].map((tenths) => {
    const decades = Math.min(6, tenths);
    const fmr = 10 ** -decades;
    const fnmr = tenths / 100;
    return {
      similarity: tenths / 10,
      ...{ fmr, fmrLow: fmr / 2, fmrHigh: Math.min(1, fmr * 2) },
      ...{ fnmr, fnmrLow: fnmr / 2, fnmrHigh: fnmr * 2 },
      extrapolated: tenths > 5,
    };
  }),
};

// An FPIR of 1 - (1 - FMR)^N, solved for an FMR that is a power of ten.
const fpirOf = (fmr: number, gallerySize: number) => -Math.expm1(gallerySize * Math.log1p(-fmr));
const NOTHING = { similarityMin: null, fpirMax: null };

/** Which of a door's settings wins, and what it comes to; thresholds within 1e-9. */
export const THRESHOLD_CASES: readonly ThresholdCase[] = [
  {
    name: 'nothing set: the model’s own',
    ...{ settings: NOTHING, gallerySize: 10, calibrated: true, modelSimilarityMin: 0.55 },
    expected: { similarityMin: 0.55, reason: 'model-default', unmet: null },
  },
  {
    name: 'nothing set and nothing measured: the model’s own',
    ...{ settings: NOTHING, gallerySize: 10, calibrated: false, modelSimilarityMin: 0.55 },
    expected: { similarityMin: 0.55, reason: 'model-default', unmet: null },
  },
  {
    name: 'by hand',
    ...{ settings: { ...NOTHING, similarityMin: 0.2 }, gallerySize: 10, calibrated: true },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.2, reason: 'by-hand', unmet: null },
  },
  {
    name: 'by hand and a risk: by hand wins',
    ...{ settings: { similarityMin: 0, fpirMax: 1e-5 }, gallerySize: 10, calibrated: true },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0, reason: 'by-hand', unmet: null },
  },
  {
    name: 'by hand and a risk that cannot be kept: by hand wins',
    ...{ settings: { similarityMin: 0.3, fpirMax: 1e-9 }, gallerySize: 10, calibrated: false },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.3, reason: 'by-hand', unmet: null },
  },
  {
    name: 'a risk, one template',
    ...{ settings: { ...NOTHING, fpirMax: 1e-4 }, gallerySize: 1, calibrated: true },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.4, reason: 'risk', unmet: null },
  },
  {
    name: 'a risk, nobody enrolled: as for one',
    ...{ settings: { ...NOTHING, fpirMax: 1e-4 }, gallerySize: 0, calibrated: true },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.4, reason: 'risk', unmet: null },
  },
  {
    name: 'a risk, a hundred templates',
    ...{ settings: { ...NOTHING, fpirMax: fpirOf(1e-4, 100) }, gallerySize: 100, calibrated: true },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.4, reason: 'risk', unmet: null },
  },
  {
    name: 'a risk past what was counted, within the fitted tail',
    ...{ settings: { ...NOTHING, fpirMax: fpirOf(1e-6, 100) }, gallerySize: 100, calibrated: true },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.6, reason: 'risk', unmet: null },
  },
  {
    name: 'a risk past the data: the threshold of the lowest rate that is known, not the one that nobody reaches',
    ...{ settings: { ...NOTHING, fpirMax: 1e-6 }, gallerySize: 100, calibrated: true },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.6, reason: 'risk', unmet: 'past-data' },
  },
  {
    name: 'a risk past the data, of a model that is stricter by itself: its own',
    ...{ settings: { ...NOTHING, fpirMax: 1e-6 }, gallerySize: 100, calibrated: true },
    modelSimilarityMin: 0.7,
    expected: { similarityMin: 0.7, reason: 'risk', unmet: 'past-data' },
  },
  {
    name: 'a risk, and nothing measured: the model’s own',
    ...{ settings: { ...NOTHING, fpirMax: 1e-3 }, gallerySize: 10, calibrated: false },
    modelSimilarityMin: 0.55,
    expected: { similarityMin: 0.55, reason: 'model-default', unmet: 'not-calibrated' },
  },
];
