import * as z from 'zod';
import { personIdSchema } from '../primitives/ids';
import { instantSchema, personNameSchema } from '../primitives/scalars';

/** `GET /api/settings/people` and the body of `PUT`: what becomes of people by themselves. */
export const peopleSettingsSchema = z.object({
  /** Employees whom no door has let in for so many days are suspended; null: never. */
  idleDays: z.int().min(1).max(3650).nullable(),
  /** So many days before, notice is given. */
  idleNoticeDays: z.int().min(0).max(365),
  /** A visitor’s templates and picture are kept for so many days after the end. */
  visitorTemplatesKeptDays: z.int().min(0).max(3650),
});

/** `GET /api/idle-people`: who will be suspended when, the first first. */
export const idlePeopleSchema = z.object({
  items: z.array(
    z.object({
      personId: personIdSchema,
      name: personNameSchema,
      lastGrantedAt: instantSchema.nullable(),
      noticedAt: instantSchema,
      /** When they are suspended, unless a door lets them in before. */
      dueAt: instantSchema,
    }),
  ),
});

export type PeopleSettings = z.infer<typeof peopleSettingsSchema>;
