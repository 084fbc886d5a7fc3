import * as z from 'zod';
import { consentHowSchema, languageSchema } from '../primitives/consent';
import { consentIdSchema, doorIdSchema, erasureIdSchema, personIdSchema } from '../primitives/ids';
import { reasonTextSchema } from '../primitives/person';
import { instantSchema, placeNameSchema } from '../primitives/scalars';
import { CONSENT_POLICIES } from '../words';

/** `GET` and `PUT /api/settings/privacy` */
export const privacySettingsSchema = z.object({
  /**
   * `required`: no template without a consent that is recorded here. `managed-elsewhere`: the deployment answers for it
   * by other means, and nothing is asked.
   */
  consent: z.enum(CONSENT_POLICIES),
});

/** The number of a version, from 1. */
const textVersionSchema = z.int().positive().max(2_147_483_647);

/** One version of what people consent to, in every language that it is shown in. */
export const consentTextSchema = z.object({
  version: textVersionSchema,
  /** By language; what was once recorded never changes. */
  texts: z.record(languageSchema, z.string()),
  createdAt: instantSchema,
});

/** `GET /api/consent-texts`, newest first. */
export const consentTextsSchema = z.object({ items: z.array(consentTextSchema) });

/** `POST /api/consent-texts`: begins a new version. */
export const createConsentTextRequestSchema = z.object({
  texts: z
    .record(languageSchema, z.string().trim().min(1).max(20_000))
    .refine((texts) => Object.keys(texts).length > 0, 'must have a text in one language at least')
    .refine((texts) => Object.keys(texts).length <= 20, 'must have at most 20 languages'),
});

/** That a person agreed, to which text, and how. */
export const consentSchema = z.object({
  id: consentIdSchema,
  textVersion: textVersionSchema,
  how: consentHowSchema,
  /** Who recorded it, as they were called then. */
  recordedBy: z.string(),
  recordedAt: instantSchema,
  /** When it was taken back, or null while it holds. */
  withdrawnAt: instantSchema.nullable(),
});

/** `GET /api/people/{id}/consents`, newest first. */
export const consentsSchema = z.object({ items: z.array(consentSchema) });

/** `POST /api/people/{id}/consents` */
export const recordConsentRequestSchema = z.object({
  textVersion: textVersionSchema,
  how: consentHowSchema,
});

/** `POST /api/people/{id}/consents/withdrawal`: takes back what holds; templates and pictures are deleted everywhere. */
export const withdrawConsentRequestSchema = z.object({ reason: reasonTextSchema.optional() });

/** `POST /api/people/{id}/erasure` */
export const erasePersonRequestSchema = z.object({ reason: reasonTextSchema });

/** Whether one door has forgotten who was erased. */
export const erasureDoorSchema = z.object({
  door: z.object({ id: doorIdSchema, name: placeNameSchema }),
  online: z.boolean(),
  /** When the door said that the erasure is in its store; null until it has. */
  confirmedAt: instantSchema.nullable(),
});

/** `GET /api/erasures/{id}`: an erasure and its proof. Nothing in it says who was erased. */
export const erasureSchema = z.object({
  id: erasureIdSchema,
  erasedAt: instantSchema,
  /** When the last door had confirmed; null until then. */
  completedAt: instantSchema.nullable(),
  doorsConfirmed: z.int().nonnegative(),
  doorsTotal: z.int().nonnegative(),
  doors: z.array(erasureDoorSchema),
});

/** `GET /api/erasures`: the newest 200, newest first. */
export const erasuresSchema = z.object({ items: z.array(erasureSchema.omit({ doors: true })) });

/** `GET /api/people/{id}/export`: why it is taken out is kept in the account. */
export const personExportQuerySchema = z.object({ reason: reasonTextSchema });

/** A picture that is held of somebody. */
const picture = z.object({
  kind: z.enum(['portrait', 'enrolment', 'event']),
  at: instantSchema,
  jpegBase64: z.base64(),
});

/** All that is held about one person. Templates are told of, not given: nobody but this deployment can use them. */
export const personExportSchema = z.object({
  exportedAt: instantSchema,
  personId: personIdSchema,
  /** Every field, as `GET /api/people/{id}` has them. */
  person: z.record(z.string(), z.unknown()),
  consents: z.array(consentSchema.omit({ recordedBy: true })),
  pictures: z.array(picture),
  /** Oldest first, as `GET /api/events` has them. */
  events: z.array(z.record(z.string(), z.unknown())),
});

export type PrivacySettings = z.infer<typeof privacySettingsSchema>;
export type Consent = z.infer<typeof consentSchema>;
export type RecordConsentRequest = z.infer<typeof recordConsentRequestSchema>;
export type CreateConsentTextRequest = z.infer<typeof createConsentTextRequestSchema>;
export type Erasure = z.infer<typeof erasureSchema>;
export type PersonExport = z.infer<typeof personExportSchema>;
