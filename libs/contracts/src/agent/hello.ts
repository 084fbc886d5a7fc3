import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { doorIdSchema, epochSchema, transformIdSchema } from '../primitives/ids';
import { instantSchema, modelIdSchema, placeNameSchema, revisionSchema } from '../primitives/scalars';
import { protocolRangeSchema, versionSchema } from './protocol';

/** What an agent may understand beside what every one of its protocol version does. */
export const AGENT_CAPABILITIES = [
  'template-transform',
  'access-rules',
  'camera-settings',
  'template-blocks',
  'state-digest',
] as const;

/** What a server may understand beside what every one of its protocol version does. */
export const SERVER_CAPABILITIES = [
  /** Compares what a door holds with what it should, and heals what differs. */
  'state-digest',
  /** Takes events of any kind, and sets aside what it cannot store: nothing has to be left out for its sake. */
  'dead-letters',
  /** Tells where people are by other doors of the site. */
  'whereabouts',
  /** Checks the chain of events as they come, and takes the device's signature of it. */
  'event-chain',
  /** Takes events that overtake others of their outbox, where the batch says so. */
  'event-lanes',
  /** Tells its clock as often as it is asked. */
  'clock-sync',
  /** Takes pictures of events. */
  'event-images',
] as const;

/** `hello`, agent to server: the first message; anything else before its answer is refused. */
export const helloSchema = z.object({
  v: versionSchema,
  agentVersion: z.string().min(1).max(64),
  /** The versions of the protocol that the agent speaks; absent: that of this message alone. */
  protocol: protocolRangeSchema.optional(),
  /** The model that this agent compares with; templates of others are not sent. */
  modelId: modelIdSchema,
  appliedRevision: revisionSchema,
  /** What the agent understands, of {@link AGENT_CAPABILITIES}; a name that the server does not know is passed over. */
  capabilities: z.array(z.string().min(1).max(64)).max(64).default([]),
  outbox: z.object({ epoch: epochSchema, lastSequence: z.int().nonnegative() }),
  clock: z.object({ wallTime: instantSchema, monotonicMs: z.number().nonnegative() }),
});

export const helloAnswerSchema = answerSchema({
  doorId: doorIdSchema,
  doorName: placeNameSchema,
  serverTime: instantSchema,
  desiredRevision: revisionSchema,
  /** The transform of new templates; null or absent: there is none. An agent without it has to begin at 0 again. */
  transformId: transformIdSchema.nullable().default(null),
  /**
   * Whether the door is sent access rules. From then on it lets nobody pass without them; a server that does not say has
   * none, and whoever is recognised passes.
   */
  accessRules: z.boolean().default(false),
  /** Highest sequence of this epoch that is stored with all before it; 0 when none is. */
  acknowledgedSequence: z.int().nonnegative(),
  /** The kinds of events that this server takes; a server that does not say takes visits alone. */
  eventKinds: z.array(z.string()).default(['access']),
  /** What the server understands, of {@link SERVER_CAPABILITIES}; an agent passes over a name that it does not know. */
  capabilities: z.array(z.string().min(1).max(64)).max(64).default([]),
  /** The version that is spoken from here on; a server that does not say speaks the first. */
  protocol: z.int().positive().default(1),
  /** Which of the agent's capabilities the server understood; absent: it does not say. */
  understood: z.array(z.string().min(1).max(64)).max(64).optional(),
  limits: z.object({ eventsPerPushMax: z.int().positive(), changesPerPullMax: z.int().positive() }),
});

export type Hello = z.infer<typeof helloSchema>;
export type HelloAnswer = z.infer<typeof helloAnswerSchema>;
