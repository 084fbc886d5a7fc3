import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { doorPersonSchema } from '../primitives/access-level';
import { cameraSettingsSchema } from '../primitives/camera-settings';
import { doorSettingsSchema } from '../primitives/door-settings';
import { doorIdSchema, personIdSchema, templateIdSchema, transformIdSchema } from '../primitives/ids';
import { ruleSetSchema } from '../primitives/rule-set';
import {
  bytesSchema,
  etagSchema,
  modelIdSchema,
  placeNameSchema,
  revisionSchema,
} from '../primitives/scalars';
import { versionSchema } from './protocol';
import { TEMPLATE_BLOCK_BYTES_MAX } from './template-block';

const at = { revision: revisionSchema };

/** The server's name for what the thing holds now: another content, another name. None: from a server without digests. */
const etagged = { etag: etagSchema.nullish() };

/** One change of what a door must know. A tombstone carries only the id. */
export const changeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person.put'),
    ...at,
    person: doorPersonSchema,
    ...etagged,
  }),
  z.object({ kind: z.literal('person.delete'), ...at, personId: personIdSchema }),
  z.object({
    kind: z.literal('template.put'),
    ...at,
    template: z.object({
      id: templateIdSchema,
      personId: personIdSchema,
      modelId: modelIdSchema,
      /** L2-normalised float32, little-endian; 4 bytes a dimension. */
      embedding: bytesSchema(4 * 4096),
      /** The transform that turned the embedding; it compares with probes of no other. Null: as the model made it. */
      transformId: transformIdSchema.nullable().default(null),
    }),
  }),
  /** Only for agents with the capability `template-blocks`, in place of many `template.put`: the last of a page. */
  z.object({
    kind: z.literal('templates.put'),
    ...at,
    modelId: modelIdSchema,
    count: z.int().positive(),
    /** As `packTemplates` lays them out. */
    block: bytesSchema(TEMPLATE_BLOCK_BYTES_MAX),
  }),
  z.object({ kind: z.literal('template.delete'), ...at, templateId: templateIdSchema }),
  /** Only for agents with the capability `template-transform`; comes before the first template of it. */
  z.object({
    kind: z.literal('transform.put'),
    ...at,
    transform: z.object({
      id: transformIdSchema,
      /** 32 bytes that the rotation follows from; secret to the deployment. */
      secret: bytesSchema(32).refine((bytes) => bytes.byteLength === 32, 'must be 32 bytes'),
    }),
  }),
  /** No template of it is left. */
  z.object({ kind: z.literal('transform.delete'), ...at, transformId: transformIdSchema }),
  /** Only for agents with the capability `access-rules`: all rules of the door but its people, in place of those before. */
  z.object({ kind: z.literal('rules.put'), ...at, rules: ruleSetSchema.omit({ people: true }), ...etagged }),
  z.object({
    kind: z.literal('door.put'),
    ...at,
    door: z.object({
      id: doorIdSchema,
      name: placeNameSchema,
      settings: doorSettingsSchema,
      /** Only for agents with the capability `camera-settings`. Null: the door's own configuration says which. */
      camera: cameraSettingsSchema.nullable().default(null),
    }),
    ...etagged,
  }),
]);

/** `sync.changed`, server to agent: there is something to pull. No answer. */
export const syncChangedSchema = z.object({ v: versionSchema, desiredRevision: revisionSchema });

/** `sync.applied`, agent to server: everything up to here is in the door's store, on its disk. No answer. */
export const syncAppliedSchema = z.object({ v: versionSchema, appliedRevision: revisionSchema });

/** `sync.pull`, agent to server. */
export const syncPullSchema = z.object({
  v: versionSchema,
  afterRevision: revisionSchema,
  limit: z.int().min(1).max(1000),
  /** The agent holds no people and no templates: it need not be told of what is gone. */
  isEmpty: z.boolean().default(false),
});

/**
 * The changes after a revision, in revision order. The agent applies them and `throughRevision` in one transaction,
 * and pulls again while `throughRevision < desiredRevision`.
 *
 * `reset`: the agent's cursor is unknown to this server (another database); it empties its state, and starts from 0.
 */
export const syncPullAnswerSchema = answerSchema({
  reset: z.boolean(),
  changes: z.array(changeSchema),
  throughRevision: revisionSchema,
  desiredRevision: revisionSchema,
});

export type Change = z.infer<typeof changeSchema>;
export type SyncChanged = z.infer<typeof syncChangedSchema>;
export type SyncApplied = z.infer<typeof syncAppliedSchema>;
export type SyncPull = z.infer<typeof syncPullSchema>;
export type SyncPullAnswer = z.infer<typeof syncPullAnswerSchema>;
