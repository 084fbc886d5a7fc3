import * as z from 'zod';
import { languageSchema } from '../primitives/consent';
import { oneTimeTokenSchema } from '../primitives/credentials';
import { faceQualitySchema, qualityReasonSchema } from '../primitives/face-quality';
import { instantSchema } from '../primitives/scalars';
import { enrolledFaceSchema, enrolmentRefusalSchema } from './people';

/**
 * What is to be seen on a picture, of which nothing is kept: `POST /api/enrolment/looks` and
 * `POST /api/enrolment-invitations/looks`, multipart with one file named `photo`.
 */
export const enrolmentLookSchema = z.object({
  /** The face that would be enrolled; null where none is there, or it is not clear which. */
  face: enrolledFaceSchema.nullable(),
  /** Null where there is no face. */
  quality: faceQualitySchema.nullable(),
  /** What to do for a better picture, the first thing first. */
  reasons: z.array(qualityReasonSchema),
  /** Why this picture would be refused; null: it would be taken. */
  refusal: enrolmentRefusalSchema.nullable(),
});

/** `POST /api/people/{id}/enrolment-invitation`: the token is shown this once, and ends the one before. */
export const enrolmentInvitationSchema = z.object({ token: oneTimeTokenSchema, expiresAt: instantSchema });

/**
 * `GET /api/enrolment-invitations`, by whoever has the token (header `x-enrolment-token`): who is invited by whom, and what
 * they have to agree to.
 */
export const openedEnrolmentInvitationSchema = z.object({
  name: z.string(),
  organisation: z.string(),
  expiresAt: instantSchema,
  /** Null where consent is kept elsewhere, or was given already. */
  consent: z
    .object({ textVersion: z.int().positive(), texts: z.record(languageSchema, z.string()) })
    .nullable(),
});

/**
 * The text field beside the file of `POST /api/enrolment-invitations/photo`: the version of the text that the invited
 * person agreed to.
 */
export const acceptEnrolmentInvitationSchema = z.object({
  textVersion: z.coerce.number().int().positive().optional(),
});

export type EnrolmentLook = z.infer<typeof enrolmentLookSchema>;
export type EnrolmentInvitation = z.infer<typeof enrolmentInvitationSchema>;
export type OpenedEnrolmentInvitation = z.infer<typeof openedEnrolmentInvitationSchema>;
export type AcceptEnrolmentInvitation = z.infer<typeof acceptEnrolmentInvitationSchema>;
