import * as z from 'zod';
import { emailSchema, passwordSchema, secondFactorCodeSchema } from '../primitives/credentials';
import { administratorIdSchema, siteIdSchema } from '../primitives/ids';
import { permissionSchema } from '../primitives/permission';

/** `POST /api/auth/login` */
export const loginRequestSchema = z.object({
  email: emailSchema,
  password: passwordSchema,
  /** Where the account has a second factor: else the answer is `auth/second-factor-required`. */
  code: secondFactorCodeSchema.optional(),
});

/** `GET /api/auth/session`, and the answer to a login. */
export const sessionSchema = z.object({
  administrator: z.object({ id: administratorIdSchema, email: z.email() }),
  expiresAt: z.iso.datetime({ offset: true }),
  /** What they may do, and at which sites; `sites` null: in the whole organisation. */
  permissions: z.array(z.object({ permission: permissionSchema, sites: z.array(siteIdSchema).nullable() })),
});

export type LoginRequest = z.infer<typeof loginRequestSchema>;
export type Session = z.infer<typeof sessionSchema>;
