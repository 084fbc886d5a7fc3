import * as z from 'zod';
import { administratorIdSchema, apiTokenIdSchema, siteIdSchema } from '../primitives/ids';
import { permissionSchema } from '../primitives/permission';
import { instantSchema, placeNameSchema } from '../primitives/scalars';

/** At these sites; null: wherever whoever made the token holds the permissions. */
const siteIdsSchema = z.array(siteIdSchema).min(1).max(500).nullable();

/** What a program signs in with. It never may more than whoever made it may at that moment. */
export const apiTokenSchema = z.object({
  id: apiTokenIdSchema,
  name: placeNameSchema,
  permissions: z.array(permissionSchema),
  siteIds: siteIdsSchema,
  /** The first characters of the token, to know it by. */
  hint: z.string(),
  madeBy: z.object({ id: administratorIdSchema, email: z.email() }),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  /** Within a minute; null: never. */
  lastUsedAt: instantSchema.nullable(),
  lastUsedFrom: z.string().nullable(),
});

/** `GET /api/tokens`, the newest first: all for those who may see the whole organisation's, else one's own. */
export const apiTokenListSchema = z.object({ items: z.array(apiTokenSchema) });

/** `POST /api/tokens`. A token lasts for 366 days at most. */
export const createApiTokenRequestSchema = z.object({
  name: placeNameSchema,
  permissions: z
    .array(permissionSchema)
    .min(1)
    .max(200)
    .transform((permissions) => [...new Set(permissions)]),
  siteIds: siteIdsSchema.default(null),
  expiresAt: instantSchema,
});

/** The answer to it: the token is shown this once. */
export const apiTokenWithSecretSchema = z.object({ apiToken: apiTokenSchema, token: z.string() });

export type ApiTokenView = z.infer<typeof apiTokenSchema>;
export type CreateApiTokenRequest = z.infer<typeof createApiTokenRequestSchema>;
