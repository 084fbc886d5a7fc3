import * as z from 'zod';
import { outcomeSchema, reasonSchema } from '../primitives/decision';
import {
  doorIdSchema,
  epochSchema,
  eventIdSchema,
  personIdSchema,
  siteIdSchema,
  trackIdSchema,
} from '../primitives/ids';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import {
  instantSchema,
  modelIdSchema,
  revisionSchema,
  sequenceSchema,
  similaritySchema,
} from '../primitives/scalars';

/** One visit at one door, as the account keeps it. */
export const accessEventSchema = z.object({
  id: eventIdSchema,
  door: z.object({ id: doorIdSchema, name: z.string() }),
  /** The door's wall clock at the decision. */
  occurredAt: instantSchema,
  /** The server's clock when the event was stored. */
  receivedAt: instantSchema,
  outcome: outcomeSchema,
  reason: reasonSchema,
  /** Who was recognised; the name is null when that person has been deleted since, the portrait when none is kept. */
  person: z
    .object({
      id: personIdSchema,
      name: z.string().nullable(),
      portraitUrl: z.string().nullable().default(null),
    })
    .nullable(),
  /** Similarity to the best person of the gallery, or null when the gallery was empty. */
  similarity: similaritySchema.nullable(),
  /** Similarity to the second-best person, or null when the gallery had fewer than two. */
  runnerUpSimilarity: similaritySchema.nullable(),
  /** The threshold that was applied. */
  similarityMin: similaritySchema,
  /** Quality of the best frame that was compared, 0 to 1, or null when the door did not tell. */
  quality: z.number().min(0).max(1).nullable(),
  /** Fused liveness score, 0 to 1, higher is likelier live, or null when the door did not ask. */
  liveness: z.number().min(0).max(1).nullable(),
  /** Revision of the door's state when it decided. */
  appliedRevision: revisionSchema,
  modelId: modelIdSchema,
  trackId: trackIdSchema,
  epoch: epochSchema,
  sequence: sequenceSchema,
  /** Where the door's picture of the face is; null while there is none. */
  pictureUrl: z.string().nullable().default(null),
});

/** `GET /api/events`: newest first; every filter given must hold. `from` is inclusive, `until` exclusive. */
export const eventsQuerySchema = pageQuerySchema.extend({
  siteId: siteIdSchema.optional(),
  doorId: doorIdSchema.optional(),
  personId: personIdSchema.optional(),
  outcome: outcomeSchema.optional(),
  from: instantSchema.optional(),
  until: instantSchema.optional(),
});
export const eventsPageSchema = pageSchema(accessEventSchema);

/** `GET /api/events/count`: the filters of the list. */
export const eventsCountQuerySchema = eventsQuerySchema.omit({ cursor: true, limit: true });

/** How many events fit: counted when they are few, estimated from the database's statistics when they are many. */
export const eventsCountSchema = z.object({ count: z.int().nonnegative(), exact: z.boolean() });

export type AccessEvent = z.infer<typeof accessEventSchema>;
export type EventsQuery = z.infer<typeof eventsQuerySchema>;
export type EventsCountQuery = z.infer<typeof eventsCountQuerySchema>;
export type EventsCount = z.infer<typeof eventsCountSchema>;
export type EventsPage = z.infer<typeof eventsPageSchema>;
