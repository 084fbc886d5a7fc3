import * as z from 'zod';

/**
 * Why a door's threshold is what it is.
 *
 * `by-hand`: `similarityMin` is set. `risk`: it follows from `fpirMax`, the model's calibration and the size of the
 * gallery. `model-default`: nothing is set, or nothing is known that a risk could be met by.
 */
export const thresholdReasonSchema = z.enum(['by-hand', 'risk', 'model-default']);

/**
 * Why the risk that is set cannot be promised; the strictest threshold that is known holds then.
 *
 * `not-calibrated`: nobody measured what the model's similarities mean. `past-data`: the calibration does not reach so
 * far at this size of the gallery.
 */
export const unmetRiskSchema = z.enum(['not-calibrated', 'past-data']);

export type ThresholdReason = z.infer<typeof thresholdReasonSchema>;
export type UnmetRisk = z.infer<typeof unmetRiskSchema>;
