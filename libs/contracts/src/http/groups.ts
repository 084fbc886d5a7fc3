import * as z from 'zod';
import { groupIdSchema, siteIdSchema } from '../primitives/ids';
import { placeNameSchema } from '../primitives/scalars';

/** An access group: people who may pass the same doors. */
export const accessGroupSchema = z.object({
  id: groupIdSchema,
  name: placeNameSchema,
  /** The site that it belongs to; null: to the whole organisation. */
  siteId: siteIdSchema.nullable(),
  /** How many people are in it. */
  people: z.int().nonnegative(),
});

/** `GET /api/groups`, by name. */
export const accessGroupListSchema = z.object({ items: z.array(accessGroupSchema) });

/** `POST /api/groups` */
export const createGroupRequestSchema = z.object({
  name: placeNameSchema,
  siteId: siteIdSchema.nullable().default(null),
});

/** `PATCH /api/groups/{id}` */
export const updateGroupRequestSchema = z.object({ name: placeNameSchema });

export type AccessGroup = z.infer<typeof accessGroupSchema>;
export type CreateGroupRequest = z.infer<typeof createGroupRequestSchema>;
export type UpdateGroupRequest = z.infer<typeof updateGroupRequestSchema>;
