import * as z from 'zod';
import { instantSchema, modelIdSchema, similaritySchema } from '../primitives/scalars';
import { thresholdReasonSchema, unmetRiskSchema } from '../primitives/threshold';

const rate = z.number().min(0).max(1);

/** A rate, 0 to 1, with its 95 % interval. */
export const rateWithIntervalSchema = z.object({ rate, low: rate, high: rate });

/** What a threshold does at a door with a gallery of its size. */
export const expectedRatesSchema = z.object({
  /** False match rate: of one comparison of two people. */
  fmr: rateWithIntervalSchema,
  /** False positive identification rate: strangers who are taken for somebody in the gallery. */
  fpir: rateWithIntervalSchema,
  /** False non-match rate: the right people who are turned away. */
  fnmr: rateWithIntervalSchema,
  /** Whether `fmr` and `fpir` lie past what was counted, and a fitted tail answers. */
  extrapolated: z.boolean(),
});

/** `GET /api/doors/{id}/risk`; `similarityMin` asks in addition what that threshold would do. */
export const doorRiskQuerySchema = z.object({ similarityMin: z.coerce.number().min(0).max(1).optional() });

/** A threshold, why it holds and what to expect of it; `expected` is null where the model is not calibrated. */
const thresholdFields = {
  similarityMin: similaritySchema,
  /** Set where the risk cannot be promised. */
  unmet: unmetRiskSchema.nullable(),
  expected: expectedRatesSchema.nullable(),
};

/** Answers `GET /api/doors/{id}/risk`: what to expect at this door, now and if its risk were another. */
export const doorRiskSchema = z.object({
  modelId: modelIdSchema,
  /** Templates of that model: what a search at the door compares with. */
  gallerySize: z.int().nonnegative(),
  /** The threshold that the door decides by. */
  inForce: z.object({ ...thresholdFields, reason: thresholdReasonSchema }),
  /** What the rates are known from; null where nobody calibrated the model. */
  calibration: z
    .object({
      /** `site`: made on this installation; `default`: came with the product, of other people and cameras. */
      origin: z.enum(['site', 'default']),
      /** For people: which data. */
      name: z.string(),
      /** Comparisons of two people behind it. */
      impostor: z.int().positive(),
      /** Comparisons of one person behind it. */
      genuine: z.int().positive(),
      madeAt: instantSchema,
    })
    .nullable(),
  /** The model's own threshold, which holds where nothing is set. */
  modelDefault: z.object({ similarityMin: similaritySchema, expected: expectedRatesSchema.nullable() }),
  /** What each of some risks would mean here, from the largest to the smallest; the one that is set is among them. */
  risks: z.array(z.object({ ...thresholdFields, fpirMax: z.number().gt(0).max(0.1) })),
  /** Answers the query's `similarityMin`; null where none was asked for. */
  asked: z.object({ similarityMin: similaritySchema, expected: expectedRatesSchema.nullable() }).nullable(),
});

export type RateWithInterval = z.infer<typeof rateWithIntervalSchema>;
export type ExpectedRates = z.infer<typeof expectedRatesSchema>;
export type DoorRiskQuery = z.infer<typeof doorRiskQuerySchema>;
export type DoorRisk = z.infer<typeof doorRiskSchema>;
