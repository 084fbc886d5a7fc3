import { z } from 'zod';
import { canonical } from './canonical';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const signature = z.string().regex(/^[0-9a-f]{128}$/);
const instant = z.iso.datetime({ precision: 3 });
const fields = z.record(z.string(), z.unknown());

const checkpointSchema = z.strictObject({
  position: z.int().nonnegative(),
  hash,
  at: instant,
  keyId: z.string(),
  publicKey: z.string(),
  signature,
});

/** The first line of an export: what it is of, and where in the chain it begins. */
export const exportHeaderSchema = z.strictObject({
  type: z.literal('header'),
  format: z.literal('munjigi-audit/1'),
  /** The chain's id. */
  deployment: z.uuid(),
  madeAt: instant,
  /** Positions of the first and the last entry; through is one less where there is none. */
  from: z.int().positive(),
  through: z.int().nonnegative(),
  /** The chain's hash before the first. */
  previousHash: hash,
  /** The last that was signed when the export began, or null. */
  checkpoint: checkpointSchema.nullable(),
  /** Ed25519, SPKI in base64: what the footer is signed with. */
  publicKey: z.string(),
});

/** One entry with its place in the chain. */
export const exportEntrySchema = z.strictObject({
  type: z.literal('entry'),
  position: z.int().positive(),
  /** The chain's hash after it. */
  hash,
  entry: z.strictObject({
    id: z.uuid(),
    at: instant,
    actorKind: z.string(),
    actorId: z.uuid().nullable(),
    actorName: z.string(),
    address: z.string().nullable(),
    action: z.string(),
    subjectId: z.uuid().nullable(),
    siteId: z.uuid().nullable(),
    before: fields.nullable(),
    after: fields.nullable(),
    reason: z.string().nullable(),
    details: fields,
  }),
});

/** The last line: without it the file was cut off. */
export const exportFooterSchema = z.strictObject({
  type: z.literal('footer'),
  count: z.int().nonnegative(),
  /** Position and hash of the last entry. */
  position: z.int().nonnegative(),
  hash,
  at: instant,
  keyId: z.string(),
  signature,
});

export type ExportHeader = z.infer<typeof exportHeaderSchema>;
export type ExportEntry = z.infer<typeof exportEntrySchema>;
export type ExportFooter = z.infer<typeof exportFooterSchema>;

/** A line of an export without its end. It is canonical (RFC 8785), so that no byte can change unnoticed. */
export function exportLine(line: ExportHeader | ExportEntry | ExportFooter): string {
  return canonical(line);
}
