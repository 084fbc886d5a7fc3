import * as z from 'zod';
import { groupIdSchema, personIdSchema, siteIdSchema } from '../primitives/ids';
import { departmentSchema, reasonTextSchema } from '../primitives/person';
import { instantSchema } from '../primitives/scalars';
import { BULK_PEOPLE_MAX } from '../words';

/** What is done to each of many people. */
export const bulkActionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-to-group'), groupId: groupIdSchema }),
  z.object({ kind: z.literal('remove-from-group'), groupId: groupIdSchema }),
  z.object({ kind: z.literal('suspend'), reason: reasonTextSchema }),
  z.object({ kind: z.literal('block'), reason: reasonTextSchema }),
  z.object({ kind: z.literal('activate') }),
  z.object({ kind: z.literal('set-department'), department: departmentSchema.nullable() }),
  z.object({ kind: z.literal('set-site'), siteId: siteIdSchema.nullable() }),
  z.object({ kind: z.literal('set-valid-until'), validUntil: instantSchema.nullable() }),
  z.object({ kind: z.literal('delete') }),
]);

/** `POST /api/people/bulk`; each person is changed, or refused, by themselves. */
export const bulkPeopleRequestSchema = z.object({
  personIds: z.array(personIdSchema).min(1).max(BULK_PEOPLE_MAX),
  action: bulkActionSchema,
});

/** What became of each. */
export const bulkPeopleResponseSchema = z.object({
  changed: z.int().nonnegative(),
  refused: z.array(
    z.object({
      personId: personIdSchema,
      /** As in a problem document. */
      code: z.string(),
      title: z.string(),
      detail: z.string().nullable(),
    }),
  ),
});

export type BulkAction = z.infer<typeof bulkActionSchema>;
export type BulkPeopleRequest = z.infer<typeof bulkPeopleRequestSchema>;
