import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { doorEventSchemaOf } from '../primitives/door-event';
import { outcomeSchema, reasonSchema } from '../primitives/decision';
import { epochSchema, eventIdSchema, personIdSchema, trackIdSchema } from '../primitives/ids';
import {
  eventHashSchema,
  instantSchema,
  modelIdSchema,
  revisionSchema,
  sequenceSchema,
  similaritySchema,
} from '../primitives/scalars';
import { versionSchema } from './protocol';

/** What every event of an outbox has. Its ids are made once, at the door, and the same on every retry. */
const recorded = {
  id: eventIdSchema,
  sequence: sequenceSchema,
  /** The door's wall clock at that moment. */
  occurredAt: instantSchema,
  /** The door's monotonic clock at that moment, ms since its process began. */
  monotonicMs: z.number().nonnegative(),
  /** Server clock minus door clock as last measured, ms; null before the first contact. */
  clockOffsetMs: z.number().nullable(),
  /** How far that may be wrong, ms: half of the way there and back, and what clocks drift since; null of one that does not tell. */
  clockErrorMs: z.number().nonnegative().nullable().optional(),
  /** The hash of the event before it in its epoch, or of where the chain begins; absent of one that is not chained. */
  previousHash: eventHashSchema.nullable().optional(),
};

const shareSchema = z.number().min(0).max(1);

/** One visit, as the door recorded it. */
export const agentEventSchema = z.object({
  ...recorded,
  kind: z.literal('access'),
  trackId: trackIdSchema,
  outcome: outcomeSchema,
  reason: reasonSchema,
  personId: personIdSchema.nullable(),
  /** Similarity to the best person; null when the gallery was empty. */
  similarity: similaritySchema.nullable(),
  /** Similarity to the second-best person; null when the gallery had fewer than two. */
  runnerUpSimilarity: similaritySchema.nullable(),
  /** The threshold that was applied. */
  similarityMin: similaritySchema,
  /** Quality of the best frame that was compared, 0 to 1; null of a door that does not tell. */
  quality: shareSchema.nullable().default(null),
  /** Fused liveness score, 0 to 1, higher is likelier live; null when it was not asked or cannot be told. */
  liveness: shareSchema.nullable().default(null),
  modelId: modelIdSchema,
  /** Revision of the door's state when it decided. */
  appliedRevision: revisionSchema,
  /** SHA-256 of the picture that the door took of the face, base64url; absent where it took none. */
  pictureHash: eventHashSchema.nullable().optional(),
});

/** What happened to the door apart from visits, as it recorded it. */
export const agentDoorEventSchema = doorEventSchemaOf(recorded);

/** Anything that an outbox may hold. */
export const pushedEventSchema = z.discriminatedUnion('kind', [agentEventSchema, agentDoorEventSchema]);

/**
 * `events.push`, agent to server, in sequence order. Only of kinds that hello's answer named: a server that knows no
 * others refuses the batch.
 */
export const eventsPushSchema = z.object({
  v: versionSchema,
  epoch: epochSchema,
  events: z.array(pushedEventSchema).min(1).max(500),
  /**
   * These are ahead of others that the door still has, and come again in their turn: whatever is before them is not
   * missing. Only to a server with the capability `event-lanes`.
   */
  overtakes: z.boolean().optional(),
});

/**
 * What a server reads of `events.push` before it looks at each event: one that it cannot read must not hold up those
 * behind it. Without a place in the outbox it is no event, and the batch is refused.
 */
export const eventsPushEnvelopeSchema = eventsPushSchema.extend({
  events: z
    .array(z.looseObject({ sequence: sequenceSchema }))
    .min(1)
    .max(500),
});

/** Sent only after the commit; the agent deletes what is at or under `acknowledgedSequence`, and nothing else. */
export const eventsPushAnswerSchema = answerSchema({ acknowledgedSequence: z.int().nonnegative() });

export type AgentEvent = z.infer<typeof agentEventSchema>;
export type AgentDoorEvent = z.infer<typeof agentDoorEventSchema>;
export type PushedEvent = z.infer<typeof pushedEventSchema>;
export type EventsPush = z.infer<typeof eventsPushSchema>;
export type EventsPushEnvelope = z.infer<typeof eventsPushEnvelopeSchema>;
export type EventsPushAnswer = z.infer<typeof eventsPushAnswerSchema>;
