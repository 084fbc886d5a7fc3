import * as z from 'zod';
import { doorEventKindSchema, doorEventSchemaOf } from '../primitives/door-event';
import { doorIdSchema, eventIdSchema, siteIdSchema } from '../primitives/ids';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import { instantSchema } from '../primitives/scalars';

/** What happened to a door apart from visits, as the account keeps it. */
export const doorEventSchema = doorEventSchemaOf({
  id: eventIdSchema,
  door: z.object({ id: doorIdSchema, name: z.string() }),
  siteId: siteIdSchema,
  /** The wall clock of who noticed it. */
  occurredAt: instantSchema,
  receivedAt: instantSchema,
  /** Who noticed it. */
  origin: z.enum(['door', 'server']),
});

/** `GET /api/door-events`: newest first; every filter given must hold. `from` is inclusive, `until` exclusive. */
export const doorEventsQuerySchema = pageQuerySchema.extend({
  kind: doorEventKindSchema.optional(),
  siteId: siteIdSchema.optional(),
  doorId: doorIdSchema.optional(),
  from: instantSchema.optional(),
  until: instantSchema.optional(),
});
export const doorEventsPageSchema = pageSchema(doorEventSchema);

export type DoorEvent = z.infer<typeof doorEventSchema>;
export type DoorEventsQuery = z.infer<typeof doorEventsQuerySchema>;
export type DoorEventsPage = z.infer<typeof doorEventsPageSchema>;
