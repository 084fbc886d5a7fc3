import { z } from 'zod';

import { FaceCoreError } from '../errors';
import { modelIdSchema } from '../models/card';

const rate = z.number().min(0).max(1);

const pointSchema = z.strictObject({
  /** Threshold: a comparison of at least this cosine is accepted. */
  similarity: z.number().min(-1).max(1),
  /** False match rate of one comparison, with its 95 % interval. Never 0. */
  fmr: rate.gt(0),
  fmrLow: rate,
  fmrHigh: rate,
  /** False non-match rate, with its 95 % interval. */
  fnmr: rate,
  fnmrLow: rate,
  fnmrHigh: rate,
  /** True where fewer than three impostor comparisons scored as high: `fmr` is a fitted tail's, not counted. */
  extrapolated: z.boolean(),
});

const sourceSchema = z.strictObject({
  /** `pairs`: comparisons of labelled pictures; `site`: scores that doors have seen. */
  kind: z.enum(['pairs', 'site']),
  /** For people: which data. */
  name: z.string().min(1),
  /** Comparisons of two people behind it; where a score was the best of several comparisons, all of them. */
  impostor: z.int().positive(),
  /** Comparisons of one person behind it. */
  genuine: z.int().positive(),
  /** When it was made, ISO 8601. */
  when: z.iso.datetime(),
});

const calibrationSchema = z
  .strictObject({
    version: z.literal(1),
    modelId: modelIdSchema,
    /** Of the file that the model's weights come from: see `calibratedModel`. */
    modelSha256: z.string().regex(/^[0-9a-f]{64}$/),
    source: sourceSchema,
    points: z.array(pointSchema).min(2).max(200),
  })
  .refine(({ points }) => points.slice(1).every((point, at) => follows(point, points[at])), {
    path: ['points'],
    message: 'must go upwards in similarity, FMR never rising, FNMR never falling, extrapolated ones last',
  })
  .refine(({ points }) => points.every(isWithin), {
    path: ['points'],
    message: 'must have each rate within its interval',
  });

/** One threshold and what it does. */
export type CalibrationPoint = z.infer<typeof pointSchema>;

/** What a calibration was made from. */
export type CalibrationSource = z.infer<typeof sourceSchema>;

/** What the similarities of a model mean: the error rates of every threshold, and from which data they are known. */
export type Calibration = z.infer<typeof calibrationSchema>;

function follows(point: CalibrationPoint, before: CalibrationPoint | undefined): boolean {
  if (!before) return true;
  const falls = (key: 'fmr' | 'fmrLow' | 'fmrHigh') => point[key] <= before[key];
  const rises = (key: 'fnmr' | 'fnmrLow' | 'fnmrHigh') => point[key] >= before[key];
  return (
    point.similarity > before.similarity &&
    (point.extrapolated || !before.extrapolated) &&
    [falls('fmr'), falls('fmrLow'), falls('fmrHigh')].every(Boolean) &&
    [rises('fnmr'), rises('fnmrLow'), rises('fnmrHigh')].every(Boolean)
  );
}

function isWithin({ fmr, fmrLow, fmrHigh, fnmr, fnmrLow, fnmrHigh }: CalibrationPoint): boolean {
  return fmrLow <= fmr && fmr <= fmrHigh && fnmrLow <= fnmr && fnmr <= fnmrHigh;
}

/**
 * Lets only a sound calibration pass.
 *
 * @param where it comes from, for the message
 * @throws {FaceCoreError} `calibration/invalid` with all that is wrong
 */
export function parseCalibration(content: unknown, where: string): Calibration {
  const parsed = calibrationSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new FaceCoreError(
    'calibration/invalid',
    `${where} is no calibration: ${z.prettifyError(parsed.error)}. Make it anew with: npm run calibrate`,
    { cause: parsed.error },
  );
}
