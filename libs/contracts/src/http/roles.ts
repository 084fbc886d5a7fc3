import * as z from 'zod';
import { roleIdSchema } from '../primitives/ids';
import { builtInRoleSchema, permissionSchema } from '../primitives/permission';
import { instantSchema, placeNameSchema } from '../primitives/scalars';

/** The permissions of a role: each once, at least one. */
const permissionsSchema = z
  .array(permissionSchema)
  .min(1)
  .max(200)
  .transform((permissions) => [...new Set(permissions)]);

/** A set of permissions with a name. */
export const roleSchema = z.object({
  id: roleIdSchema,
  /** Which of the built-in roles it is, whose permissions are part of the release; null when it was made here. */
  key: builtInRoleSchema.nullable(),
  /** Of a role that was made here; a built-in one is named by its key, in the reader's language. */
  name: placeNameSchema,
  permissions: z.array(permissionSchema),
  /** How many administrators have it somewhere. */
  administrators: z.int().nonnegative(),
  createdAt: instantSchema,
});

/** `GET /api/roles`: the built-in ones first, then the others by name. */
export const roleListSchema = z.object({ items: z.array(roleSchema) });

/** `POST /api/roles` */
export const createRoleRequestSchema = z.object({ name: placeNameSchema, permissions: permissionsSchema });

/** `PATCH /api/roles/{id}` */
export const updateRoleRequestSchema = createRoleRequestSchema.partial();

export type Role = z.infer<typeof roleSchema>;
export type CreateRoleRequest = z.infer<typeof createRoleRequestSchema>;
export type UpdateRoleRequest = z.infer<typeof updateRoleRequestSchema>;
