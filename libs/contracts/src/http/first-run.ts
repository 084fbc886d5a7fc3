import * as z from 'zod';
import { instantSchema } from '../primitives/scalars';

const countSchema = z.int().nonnegative();

/** `GET /api/first-run`: how far a new deployment is on its way to the first person who passes the first door. */
export const firstRunSchema = z.object({
  /** Somebody said that they need no guide; it can be taken back. */
  dismissed: z.boolean(),
  sites: countSchema,
  doors: countSchema,
  /** Doors whose computer has come to the server at least once. */
  doorsHeard: countSchema,
  /** Up to 1,000; beyond, nobody needs a guide. */
  people: countSchema.max(1000),
  /** People whom doors can know by a template, up to 1,000. */
  enrolled: countSchema.max(1000),
  /** When a door first let somebody in, as far back as events are kept; null: never yet. */
  firstGrantedAt: instantSchema.nullable(),
});

/** `PUT /api/first-run`: whether the overview still shows the guide. */
export const dismissFirstRunRequestSchema = z.object({ dismissed: z.boolean() });

export type FirstRun = z.infer<typeof firstRunSchema>;
