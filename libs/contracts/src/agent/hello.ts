import { z } from 'zod';
import { answerSchema } from '../errors/problem';
import { doorIdSchema, epochSchema } from '../primitives/ids';
import { instantSchema, modelIdSchema, placeNameSchema, revisionSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/** `hello`, agent to server: the first message; anything else before its answer is refused. */
export const helloSchema = z.object({
  v: versionSchema,
  agentVersion: z.string().min(1).max(64),
  /** The model that this agent compares with; templates of others are not sent. */
  modelId: modelIdSchema,
  appliedRevision: revisionSchema,
  outbox: z.object({ epoch: epochSchema, lastSequence: z.int().nonnegative() }),
  clock: z.object({ wallTime: instantSchema, monotonicMs: z.number().nonnegative() }),
});

export const helloAnswerSchema = answerSchema({
  doorId: doorIdSchema,
  doorName: placeNameSchema,
  serverTime: instantSchema,
  desiredRevision: revisionSchema,
  /** Highest sequence of this epoch that is stored with all before it; 0 when none is. */
  acknowledgedSequence: z.int().nonnegative(),
  /** The kinds of events that this server takes; a server that does not say takes visits alone. */
  eventKinds: z.array(z.string()).default(['access']),
  limits: z.object({ eventsPerPushMax: z.int().positive(), changesPerPullMax: z.int().positive() }),
});

export type Hello = z.infer<typeof helloSchema>;
export type HelloAnswer = z.infer<typeof helloAnswerSchema>;
