import type { DoorSettings, ThresholdReason, UnmetRisk } from '@munjigi/contracts';
import { thresholdForRisk, type Calibration } from '@munjigi/face-core';

/** What is known of the similarities of a model. */
export interface MeasuredModel {
  /** Its own threshold, cosine similarity. */
  readonly similarityMin: number;
  /** What its similarities mean; undefined where nobody measured. */
  readonly calibration: Calibration | undefined;
}

/** The similarity that a door decides by, and why. */
export interface Threshold {
  readonly similarityMin: number;
  readonly reason: ThresholdReason;
  /** Set where the risk that the door may take cannot be promised. */
  readonly unmet: UnmetRisk | null;
}

/**
 * Chooses the threshold: what is set by hand wins, then the risk, then the model's own.
 *
 * A risk that nobody can promise is doubt, and doubt means denied: the threshold of the lowest rate that is known, and
 * never less than the model's own. Never falls as the gallery grows.
 *
 * @param gallerySize templates that a probe is compared with; none counts as one
 */
export function chooseThreshold(
  { similarityMin, fpirMax }: Pick<DoorSettings, 'similarityMin' | 'fpirMax'>,
  { model, gallerySize }: { readonly model: MeasuredModel; readonly gallerySize: number },
): Threshold {
  if (similarityMin !== null) return { similarityMin, reason: 'by-hand', unmet: null };
  const byModel = { similarityMin: model.similarityMin, reason: 'model-default' } as const;
  if (fpirMax === null) return { ...byModel, unmet: null };
  if (!model.calibration) return { ...byModel, unmet: 'not-calibrated' };
  const found = thresholdForRisk(model.calibration, { fpirMax, gallerySize: Math.max(1, gallerySize) });
  if (!('refused' in found)) return { similarityMin: found.similarityMin, reason: 'risk', unmet: null };
  const strictest = Math.max(model.similarityMin, lowestRateFrom(model.calibration));
  return { similarityMin: strictest, reason: 'risk', unmet: 'past-data' };
}

/** Where the lowest rate that is known begins: above it only more of the right people are turned away. */
function lowestRateFrom({ points }: Calibration): number {
  const lowest = Math.min(...points.map(({ fmr }) => fmr));
  return Math.min(...points.filter(({ fmr }) => fmr === lowest).map(({ similarity }) => similarity));
}
