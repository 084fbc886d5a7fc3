import * as z from 'zod';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import { instantSchema } from '../primitives/scalars';
import { AUDIT_ACTOR_KINDS } from '../words';

/** SHA-256, hexadecimal. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const changed = z.record(z.string(), z.unknown());

/** Who did something: somebody at the console, a program with a token, a door's device, the server itself. */
export const auditActorKindSchema = z.enum(AUDIT_ACTOR_KINDS);

/** One entry of the account of who did what. It is never changed. */
export const auditEntrySchema = z.object({
  id: z.uuid(),
  at: instantSchema,
  /** Its place in the chain: from 1, without gaps, in the order in which it was committed. */
  position: z.int().positive(),
  /** The chain's hash after it. */
  hash,
  actor: z.object({
    kind: auditActorKindSchema,
    /** Null for the server, and for somebody who did not prove who they are. */
    id: z.uuid().nullable(),
    /** As it was then. */
    name: z.string(),
    address: z.string().nullable(),
  }),
  /** `area/what-happened` */
  action: z.string(),
  subjectId: z.uuid().nullable(),
  /** Null when it concerns the whole organisation. */
  siteId: z.uuid().nullable(),
  before: changed.nullable(),
  after: changed.nullable(),
  reason: z.string().nullable(),
  details: changed,
});

/** `GET /api/audit`; newest first. `text` looks in names, reasons and what was changed, case-insensitively. */
export const auditQuerySchema = pageQuerySchema.extend({
  /** One action, or all of an area with a slash at its end, such as `door/`. */
  action: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]*\/[a-z0-9-]*$/,
      'must be an action such as door/changed, or an area such as door/',
    )
    .max(100)
    .optional(),
  actorId: z.uuid().optional(),
  actorKind: auditActorKindSchema.optional(),
  subjectId: z.uuid().optional(),
  siteId: z.uuid().optional(),
  from: instantSchema.optional(),
  until: instantSchema.optional(),
  text: z.string().trim().min(1).max(200).optional(),
});

export const auditPageSchema = pageSchema(auditEntrySchema);

/** `GET /api/audit/export`: entries of a period in the chain's order, NDJSON, for `npm run audit -- verify`. */
export const auditExportQuerySchema = z.object({
  from: instantSchema.optional(),
  until: instantSchema.optional(),
  /** Why; it is an entry of the account itself. */
  reason: z.string().trim().min(3).max(500),
});

/** A key that the account is signed with. */
export const auditKeySchema = z.object({
  /** The first 16 hexadecimal digits of the SHA-256 of its SPKI form. */
  id: z.string(),
  /** Ed25519, SPKI in base64. */
  publicKey: z.string(),
  createdAt: instantSchema,
});

/** `GET /api/audit/keys`: to be kept where the deployment's owner cannot change it. */
export const auditKeyListSchema = z.object({ items: z.array(auditKeySchema) });

/** `POST /api/audit/checkpoints`: what the deployment signs of its account at one moment. */
export const auditCheckpointSchema = z.object({
  deployment: z.uuid(),
  /** How many entries there were. */
  position: z.int().nonnegative(),
  /** Over all of them. */
  hash,
  at: instantSchema,
  keyId: z.string(),
  publicKey: z.string(),
  /** Ed25519, hexadecimal. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

/** `GET /api/audit/chain`: what the server knows of its own account. */
export const auditChainSchema = z.object({
  /** Names this chain among those of all deployments. */
  deployment: z.uuid(),
  position: z.int().nonnegative(),
  hash,
  /** Up to where all was found as it was written, and when; null before the first check. */
  checked: z.object({ position: z.int().nonnegative(), at: instantSchema }).nullable(),
  /** What was found wrong, until a check finds all well again. */
  fault: z.object({ position: z.int().nullable(), what: z.string(), foundAt: instantSchema }).nullable(),
  checkpoint: auditCheckpointSchema.nullable(),
  /** Whether the database denies the server itself any change of what was written. */
  appendOnlyByRights: z.boolean(),
});

export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditQuery = z.infer<typeof auditQuerySchema>;
export type AuditPage = z.infer<typeof auditPageSchema>;
export type AuditExportQuery = z.infer<typeof auditExportQuerySchema>;
export type AuditKeyList = z.infer<typeof auditKeyListSchema>;
export type AuditCheckpoint = z.infer<typeof auditCheckpointSchema>;
export type AuditChain = z.infer<typeof auditChainSchema>;
