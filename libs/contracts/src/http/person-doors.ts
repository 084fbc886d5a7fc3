import * as z from 'zod';
import { doorIdSchema } from '../primitives/ids';
import { placeNameSchema, revisionSchema } from '../primitives/scalars';

/** `GET /api/people/{id}/doors`: which doors have confirmed what was last changed of a person, a revocation above all. */
export const personDoorsSchema = z.object({
  /** Where the last change of the person is in what doors follow; null: doors were never told of them. */
  revision: revisionSchema.nullable(),
  doorsConfirmed: z.int().nonnegative(),
  doorsTotal: z.int().nonnegative(),
  /** Those that you may see, who have not confirmed first. */
  doors: z.array(
    z.object({
      door: z.object({ id: doorIdSchema, name: placeNameSchema }),
      online: z.boolean(),
      /** Whether it has the change, or has at least forgotten the person since. */
      confirmed: z.boolean(),
    }),
  ),
});

export type PersonDoors = z.infer<typeof personDoorsSchema>;
