import * as z from 'zod';
import { commandIdSchema } from './ids';
import { doorConditionSchema, unlockRefusalSchema } from './door-state';
import { instantSchema, modelIdSchema, revisionSchema } from './scalars';

/**
 * What a door can be told to do, each once. `lock`: ends an unlocking for a moment. `identify`: makes itself known at
 * the door and on its picture. `update-models`: fetches the models of its release that it lacks or that are damaged.
 * `restart`: ends in order and begins anew.
 */
export const doorCommandSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('unlock'),
    /** For how long; null: as long as for anybody. */
    unlockMs: z.int().min(100).max(600_000).nullable().default(null),
  }),
  z.object({ kind: z.literal('lock') }),
  z.object({ kind: z.literal('identify'), forMs: z.int().min(1_000).max(60_000).default(10_000) }),
  z.object({ kind: z.literal('restart') }),
  z.object({ kind: z.literal('update-models') }),
  z.object({ kind: z.literal('collect-diagnostics') }),
]);

/**
 * Why a door does not do what it is told, beside what keeps it from unlocking. `unlocked-for-all`: its rules hold it
 * open. `busy`: it is at it already. `unsupported`: it cannot.
 */
export const commandRefusalSchema = z.enum([
  ...unlockRefusalSchema.options,
  'unlocked-for-all',
  'busy',
  'unsupported',
]);

/** A line of a door's log, without what it was about: ids, names and addresses are left out. */
export const diagnosticsLineSchema = z.object({
  at: instantSchema,
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
  message: z.string().max(200),
  code: z.string().max(100).nullable(),
});

/** How a door's computer is. Holds no secret, no name, no template and no picture. */
export const diagnosticsSchema = z.object({
  takenAt: instantSchema,
  agentVersion: z.string(),
  runtime: z.object({ node: z.string(), platform: z.string(), architecture: z.string() }),
  /** Since the agent began, s. */
  uptimeSeconds: z.number().nonnegative(),
  memory: z.object({ residentBytes: z.number(), freeBytes: z.number(), totalBytes: z.number() }),
  /** Of the last 1, 5 and 15 minutes. */
  loadAverage: z.array(z.number()).length(3),
  /** Where the agent's data lie; null when it could not be asked. */
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number() }).nullable(),
  modelId: modelIdSchema,
  templates: z.int().nonnegative(),
  appliedRevision: revisionSchema,
  /** The last number that the outbox has given away. */
  lastSequence: z.int().nonnegative(),
  clockOffsetMs: z.number().nullable(),
  cameraFault: z.string().nullable(),
  framesPerSecond: z.number().nonnegative(),
  framesDropped: z.int().nonnegative(),
  lock: z.enum(['locked', 'unlocked']),
  condition: doorConditionSchema.nullable(),
  /** The newest lines, oldest first. */
  log: z.array(diagnosticsLineSchema).max(200),
});

/**
 * What has become of a command at its door. `accepted`: it is being done. The rest is final. `failed`: it was tried, or
 * cut short by a restart, and is not tried again.
 */
export const commandReportSchema = z.object({
  commandId: commandIdSchema,
  state: z.enum(['accepted', 'refused', 'done', 'failed']),
  /** Null unless it was refused. */
  refusal: commandRefusalSchema.nullable(),
  /** More of it, in words for people. */
  detail: z.string().max(500).nullable(),
  /** For how long an unlocking was done; else null. */
  unlockMs: z.int().positive().nullable(),
  diagnostics: diagnosticsSchema.nullable(),
});

export type DoorCommand = z.infer<typeof doorCommandSchema>;
export type DoorCommandKind = DoorCommand['kind'];
export type CommandRefusal = z.infer<typeof commandRefusalSchema>;
export type CommandReport = z.infer<typeof commandReportSchema>;
export type Diagnostics = z.infer<typeof diagnosticsSchema>;
export type DiagnosticsLine = z.infer<typeof diagnosticsLineSchema>;
