import { z } from 'zod';
import { answerSchema } from '../errors/problem';
import { outcomeSchema, reasonSchema } from '../primitives/decision';
import { epochSchema, eventIdSchema, personIdSchema, trackIdSchema } from '../primitives/ids';
import {
  instantSchema,
  modelIdSchema,
  revisionSchema,
  sequenceSchema,
  similaritySchema,
} from '../primitives/scalars';
import { versionSchema } from './protocol';

/** One visit, as the door recorded it. Its ids are made once, at the door, and the same on every retry. */
export const agentEventSchema = z.object({
  id: eventIdSchema,
  sequence: sequenceSchema,
  kind: z.literal('access'),
  /** The door's wall clock at the decision. */
  occurredAt: instantSchema,
  /** The door's monotonic clock at the decision, ms since its process began. */
  monotonicMs: z.number().nonnegative(),
  /** Server clock minus door clock as last measured, ms; null before the first contact. */
  clockOffsetMs: z.number().nullable(),
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
  modelId: modelIdSchema,
  /** Revision of the door's state when it decided. */
  appliedRevision: revisionSchema,
});

/** `events.push`, agent to server, in sequence order. */
export const eventsPushSchema = z.object({
  v: versionSchema,
  epoch: epochSchema,
  events: z.array(agentEventSchema).min(1).max(500),
});

/** Sent only after the commit; the agent deletes what is at or under `acknowledgedSequence`, and nothing else. */
export const eventsPushAnswerSchema = answerSchema({ acknowledgedSequence: z.int().nonnegative() });

export type AgentEvent = z.infer<typeof agentEventSchema>;
export type EventsPush = z.infer<typeof eventsPushSchema>;
export type EventsPushAnswer = z.infer<typeof eventsPushAnswerSchema>;
