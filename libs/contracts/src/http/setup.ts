import * as z from 'zod';
import { emailSchema, newPasswordSchema } from '../primitives/credentials';
import { knownTimeZoneSchema, placeNameSchema } from '../primitives/scalars';

/** `GET /api/setup`: whether nobody can sign in yet. Says nothing else, since everybody may ask. */
export const setupStatusSchema = z.object({ needed: z.boolean() });

/** `POST /api/setup`: makes the first owner and the first site, once; the answer is a session. */
export const setupRequestSchema = z.object({
  /** What the server showed on its terminal when it started. */
  code: z.string().trim().min(1).max(64),
  organisation: placeNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
  site: z.object({ name: placeNameSchema, timeZone: knownTimeZoneSchema }),
});

export type SetupStatus = z.infer<typeof setupStatusSchema>;
export type SetupRequest = z.infer<typeof setupRequestSchema>;
