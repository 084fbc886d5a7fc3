import * as z from 'zod';
import { qualityGateSchema } from '../primitives/face-quality';
import { personIdSchema } from '../primitives/ids';
import { reasonTextSchema } from '../primitives/person';
import { personNameSchema, similaritySchema } from '../primitives/scalars';

/** Somebody else who looks like the person to be enrolled. */
export const lookAlikeSchema = z.object({
  /** `duplicate`: likely the same person. `look-alike`: so alike that a door may take one for the other. */
  kind: z.enum(['duplicate', 'look-alike']),
  similarity: similaritySchema,
  /** Null where the asker may not see them. */
  person: z.object({ id: personIdSchema, name: personNameSchema }).nullable(),
});

/** Says that a duplicate or look-alike is somebody else, and why the asker is sure; both go together. */
export const notTheSamePersonSchema = z.object({
  confirm: z.literal('not-the-same-person').optional(),
  reason: reasonTextSchema.optional(),
});

/**
 * `GET /api/settings/enrolment` and the body of `PUT`: what a picture must be for a template to be made of it.
 *
 * `duplicates`: whether somebody who looks like another enrolled person is refused until that is confirmed, is only
 * warned of, or is not looked for.
 */
export const enrolmentSettingsSchema = z.object({
  templatesPerPersonMax: z.int().min(1).max(50),
  duplicates: z.enum(['refuse', 'warn', 'off']),
  /** A picture below is refused. */
  refuseBelow: qualityGateSchema,
  /** A picture below is taken, with a warning. */
  warnBelow: qualityGateSchema,
});

export type LookAlike = z.infer<typeof lookAlikeSchema>;
export type NotTheSamePerson = z.infer<typeof notTheSamePersonSchema>;
export type EnrolmentSettings = z.infer<typeof enrolmentSettingsSchema>;
