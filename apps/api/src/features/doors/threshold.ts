import type { DoorSettings, ThresholdReason, UnmetRisk } from '@munjigi/contracts';
import { thresholdForRisk, type Calibration } from '@munjigi/face-core';

/** A model and a gallery, as far as a threshold depends on them. */
export interface ThresholdBasis {
  /** The model's own threshold, cosine similarity. */
  readonly modelSimilarityMin: number;
  readonly calibration: Calibration | undefined;
  /** Templates that a search compares with; none counts as one. */
  readonly gallerySize: number;
}

/** The similarity that a door decides by, and why. */
export interface Threshold {
  readonly similarityMin: number;
  readonly reason: ThresholdReason;
  /** Set where the risk that the door may take cannot be promised. */
  readonly unmet: UnmetRisk | null;
}

/** Says which threshold a door chooses by itself; both sides are held to one table of cases. */
export function thresholdInForce(
  { similarityMin, fpirMax }: Pick<DoorSettings, 'similarityMin' | 'fpirMax'>,
  { modelSimilarityMin, calibration, gallerySize }: ThresholdBasis,
): Threshold {
  if (similarityMin !== null) return { similarityMin, reason: 'by-hand', unmet: null };
  const byModel = { similarityMin: modelSimilarityMin, reason: 'model-default' } as const;
  if (fpirMax === null) return { ...byModel, unmet: null };
  if (!calibration) return { ...byModel, unmet: 'not-calibrated' };
  const found = thresholdForRisk(calibration, { fpirMax, gallerySize: Math.max(1, gallerySize) });
  if (!('refused' in found)) return { similarityMin: found.similarityMin, reason: 'risk', unmet: null };
  const strictest = Math.max(modelSimilarityMin, lowestRateFrom(calibration));
  return { similarityMin: strictest, reason: 'risk', unmet: 'past-data' };
}

/** Where the lowest rate that is known begins: above it only more of the right people are turned away. */
function lowestRateFrom({ points }: Calibration): number {
  const lowest = Math.min(...points.map(({ fmr }) => fmr));
  return Math.min(...points.filter(({ fmr }) => fmr === lowest).map(({ similarity }) => similarity));
}
