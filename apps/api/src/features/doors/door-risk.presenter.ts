import type { DoorSettings, doorRiskSchema, expectedRatesSchema } from '@munjigi/contracts';
import { expectedRates, type FoundCalibration, type RateWithInterval } from '@munjigi/face-core';
import type { z } from 'zod';
import { thresholdInForce, type ThresholdBasis } from './threshold';

type DoorRiskView = z.input<typeof doorRiskSchema>;

/** Risks that are answered for, from the largest: 1 in 100 to 1 in 1,000,000. */
const RISKS = [100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6].map(
  (strangers) => 1 / strangers,
);

/** What a door's risk depends on. */
export interface DoorRiskBasis {
  readonly model: { readonly modelId: string; readonly similarityMin: number };
  readonly found: FoundCalibration | undefined;
  readonly gallerySize: number;
  readonly settings: DoorSettings;
  /** A threshold that somebody asks about. */
  readonly asked?: number | undefined;
}

/** What to expect at a door, as the wire has it. */
export function presentDoorRisk({ model, found, gallerySize, settings, asked }: DoorRiskBasis): DoorRiskView {
  const calibration = found?.calibration;
  const basis: ThresholdBasis = { modelSimilarityMin: model.similarityMin, calibration, gallerySize };
  const withRates = <T extends { similarityMin: number }>(threshold: T) => ({
    ...threshold,
    expected: ratesAt(threshold.similarityMin, basis),
  });
  const risks = [...new Set([...RISKS, ...(settings.fpirMax === null ? [] : [settings.fpirMax])])];
  return {
    modelId: model.modelId,
    gallerySize,
    inForce: withRates(thresholdInForce(settings, basis)),
    calibration: found ? presentSource(found) : null,
    modelDefault: withRates({ similarityMin: model.similarityMin }),
    risks: risks
      .sort((one, other) => other - one)
      .map((fpirMax) => {
        const { similarityMin, unmet } = thresholdInForce({ similarityMin: null, fpirMax }, basis);
        return { fpirMax, unmet, ...withRates({ similarityMin }) };
      }),
    asked: asked === undefined ? null : withRates({ similarityMin: asked }),
  };
}

function ratesAt(
  similarityMin: number,
  { calibration, gallerySize }: ThresholdBasis,
): z.input<typeof expectedRatesSchema> | null {
  if (!calibration) return null;
  const rates = expectedRates(calibration, { similarityMin, gallerySize: Math.max(1, gallerySize) });
  const { fmr, fpir, fnmr, extrapolated } = rates;
  return { fmr: presentRate(fmr), fpir: presentRate(fpir), fnmr: presentRate(fnmr), extrapolated };
}

function presentRate({ rate, interval: [low, high] }: RateWithInterval) {
  return { rate, low, high };
}

function presentSource({ calibration, origin }: FoundCalibration): DoorRiskView['calibration'] {
  const { name, impostor, genuine, when } = calibration.source;
  return { origin: origin === 'own' ? 'site' : 'default', name, impostor, genuine, madeAt: when };
}
