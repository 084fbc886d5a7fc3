import { z } from 'zod';
import { administratorIdSchema, siteIdSchema } from '../primitives/ids';
import { permissionSchema } from '../primitives/permission';

/** `POST /api/auth/login` */
export const loginRequestSchema = z.object({
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  password: z.string().min(1).max(1024),
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
