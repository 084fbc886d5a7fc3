import * as z from 'zod';
import {
  emailSchema,
  newPasswordSchema,
  oneTimeTokenSchema,
  signInMethodSchema,
} from '../primitives/credentials';
import { administratorIdSchema, roleIdSchema, sessionIdSchema, siteIdSchema } from '../primitives/ids';
import { builtInRoleSchema } from '../primitives/permission';
import { instantSchema, personNameSchema } from '../primitives/scalars';

/** `invited`: has not set a password yet. `suspended`: may not sign in until taken back. */
export const administratorStatusSchema = z.enum(['invited', 'active', 'suspended']);

/** A role at a site; `site` null: in the whole organisation. */
export const roleGrantSchema = z.object({
  role: z.object({ id: roleIdSchema, key: builtInRoleSchema.nullable(), name: z.string() }),
  site: z.object({ id: siteIdSchema, name: z.string() }).nullable(),
});

/** Someone who may sign in to the console. */
export const administratorSchema = z.object({
  id: administratorIdSchema,
  email: z.email(),
  name: personNameSchema.nullable(),
  status: administratorStatusSchema,
  grants: z.array(roleGrantSchema),
  /** Whether signing in with a password needs a second factor. */
  secondFactor: z.boolean(),
  passkeys: z.int().nonnegative(),
  lastSignInAt: instantSchema.nullable(),
  /** Until when the invitation that is open can be used. */
  invitationExpiresAt: instantSchema.nullable(),
  createdAt: instantSchema,
});

/** `GET /api/administrators`, by address. */
export const administratorListSchema = z.object({ items: z.array(administratorSchema) });

/** What is granted: a role, at a site or (null) in the whole organisation. Each pair once. */
const grantsSchema = z
  .array(z.object({ roleId: roleIdSchema, siteId: siteIdSchema.nullable() }))
  .max(500)
  .transform((grants) => [
    ...new Map(grants.map((grant) => [`${grant.roleId} ${grant.siteId}`, grant])).values(),
  ]);

/** `POST /api/administrators` */
export const createAdministratorRequestSchema = z.object({
  email: emailSchema,
  name: personNameSchema.nullish(),
  grants: grantsSchema,
});

/** `PATCH /api/administrators/{id}` */
export const updateAdministratorRequestSchema = z.object({
  name: personNameSchema.nullable().optional(),
  suspended: z.boolean().optional(),
});

/** `PUT /api/administrators/{id}/grants`: all that they may do from now on. */
export const replaceGrantsRequestSchema = z.object({ grants: grantsSchema });

/** The answer to an invitation: its token is shown this once, and lets whoever has it set the password. */
export const administratorWithInvitationSchema = z.object({
  administrator: administratorSchema,
  invitation: z.object({ token: oneTimeTokenSchema, expiresAt: instantSchema }),
});

/** `POST /api/auth/invitation`: sets the password, and signs in. */
export const acceptInvitationRequestSchema = z.object({
  token: oneTimeTokenSchema,
  password: newPasswordSchema,
});

/** One sign-in of somebody. */
export const signInSessionSchema = z.object({
  id: sessionIdSchema,
  method: signInMethodSchema,
  address: z.string().nullable(),
  /** What the browser says it is. */
  agent: z.string().nullable(),
  createdAt: instantSchema,
  /** Within a minute. */
  lastSeenAt: instantSchema,
  expiresAt: instantSchema,
  /** Whether it is the one that asks. */
  current: z.boolean(),
});

/** `GET /api/account/sessions` and `GET /api/administrators/{id}/sessions`, the last used first. */
export const signInSessionListSchema = z.object({ items: z.array(signInSessionSchema) });

export type AdministratorView = z.infer<typeof administratorSchema>;
export type CreateAdministratorRequest = z.infer<typeof createAdministratorRequestSchema>;
export type UpdateAdministratorRequest = z.infer<typeof updateAdministratorRequestSchema>;
export type ReplaceGrantsRequest = z.infer<typeof replaceGrantsRequestSchema>;
export type AcceptInvitationRequest = z.infer<typeof acceptInvitationRequestSchema>;
export type SignInSession = z.infer<typeof signInSessionSchema>;
