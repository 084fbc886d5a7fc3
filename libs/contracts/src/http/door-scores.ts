import * as z from 'zod';
import { modelIdSchema, instantSchema } from '../primitives/scalars';
import { doorIdSchema } from '../primitives/ids';

export const SCORE_BINS = 50;

const binsSchema = z.array(z.int().nonnegative()).length(SCORE_BINS);

/** `GET /api/doors/{id}/scores`. */
export const doorScoresQuerySchema = z.object({
  /** How many days back from now. */
  days: z.coerce.number().int().min(1).max(90).default(30),
});

/**
 * The similarities that a door has met, by bins of `SCORE_BIN_WIDTH`: what its threshold has to tell apart. Of the
 * newest 50,000 visits of the period, and of the door's newest model alone.
 */
export const doorScoresSchema = z.object({
  doorId: doorIdSchema,
  from: instantSchema,
  until: instantSchema,
  /** Null when the door has met nobody. */
  modelId: modelIdSchema.nullable(),
  visits: z.int().nonnegative(),
  /** Whether there were more visits than were looked at. */
  isCut: z.boolean(),
  /** Of people who were recognised, with themselves. */
  recognised: binsSchema,
  /** Of people who were recognised, with whoever came second: what another person looks like. */
  runnersUp: binsSchema,
  /** Of people who were not recognised, with whoever came first. */
  unknown: binsSchema,
  /** The threshold of the last visit; null when there was none. */
  similarityMin: z.number().nullable(),
});

export type DoorScoresQuery = z.infer<typeof doorScoresQuerySchema>;
export type DoorScores = z.infer<typeof doorScoresSchema>;
