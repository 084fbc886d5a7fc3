import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { bytesSchema, revisionSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';
import { changeSchema } from './sync';

/** Parts that a door's state is compared in: one for each last byte of an id, and one for what is the door's alone. */
export const STATE_PARTS = 257;

/** The part of the door itself, its rules and the transforms. */
export const DOOR_PART = 256;

/** Bytes of the digest of one part. */
export const PART_BYTES = 16;

/** The part that a person or a template belongs to. @param id a UUID in lower case; anything else belongs to part 0 */
export function partOf(id: string): number {
  const part = Number.parseInt(id.slice(-2), 16);
  return Number.isNaN(part) ? 0 : part;
}

/**
 * What stands for one thing of a door's state: its SHA-256 goes into the digest of its part. A template is told by what
 * it is bound to, since an embedding never changes under one id and transform.
 */
export const stateText = {
  person: (id: string, etag: string) => `person\n${id}\n${etag}`,
  template: (template: { id: string; personId: string; modelId: string; transformId: string | null }) =>
    `template\n${template.id}\n${template.personId}\n${template.modelId}\n${template.transformId ?? ''}`,
  transform: (id: string) => `transform\n${id}`,
  door: (id: string, etag: string) => `door\n${id}\n${etag}`,
  rules: (etag: string) => `rules\n${etag}`,
} as const;

/**
 * Adds one thing to the digest of its part, in place: the first {@link PART_BYTES} bytes of its hash, by exclusive or,
 * so that order does not matter.
 *
 * @param parts `STATE_PARTS * PART_BYTES` bytes, zeros at first
 */
export function addToParts(parts: Uint8Array, part: number, sha256: Uint8Array): void {
  const at = part * PART_BYTES;
  for (let index = 0; index < PART_BYTES; index++) {
    parts[at + index] = (parts[at + index] as number) ^ (sha256[index] as number);
  }
}

/** The parts whose digests differ. */
export function differingParts(a: Uint8Array, b: Uint8Array): number[] {
  return Array.from({ length: STATE_PARTS }, (_, part) => part).filter((part) => {
    const [from, to] = [part * PART_BYTES, (part + 1) * PART_BYTES];
    return a.subarray(from, to).some((byte, index) => byte !== b[from + index]);
  });
}

const partSchema = z
  .int()
  .min(0)
  .max(STATE_PARTS - 1);

/** `sync.compare`, server to agent: compare your state with mine now. No answer. */
export const syncCompareSchema = z.object({ v: versionSchema });

/** `sync.digest`, agent to server: the digests of all that is on the door's disk, part by part. */
export const syncDigestSchema = z.object({
  v: versionSchema,
  /** What the state is of. */
  revision: revisionSchema,
  parts: bytesSchema(STATE_PARTS * PART_BYTES).refine(
    (bytes) => bytes.byteLength === STATE_PARTS * PART_BYTES,
    `must be ${STATE_PARTS * PART_BYTES} bytes`,
  ),
});

/**
 * Whether both hold the same. `unsettled`: there are changes that the door has not got yet, so that nothing can be said;
 * it pulls, and asks again. `different`: the agent repairs the parts that are named, and asks again.
 */
export const syncDigestAnswerSchema = answerSchema({
  verdict: z.enum(['same', 'different', 'unsettled']),
  parts: z.array(partSchema).max(STATE_PARTS),
});

/** `sync.repair`, agent to server: what belongs into one part? */
export const syncRepairSchema = z.object({ v: versionSchema, part: partSchema });

/**
 * All that belongs into the part, as changes that put it there; what the door has beside it in this part is to go. It
 * may be newer than the revision that the door has got to: the changes then come once more.
 */
export const syncRepairAnswerSchema = answerSchema({ changes: z.array(changeSchema) });

export type SyncCompare = z.infer<typeof syncCompareSchema>;
export type SyncDigest = z.infer<typeof syncDigestSchema>;
export type SyncDigestAnswer = z.infer<typeof syncDigestAnswerSchema>;
export type SyncRepair = z.infer<typeof syncRepairSchema>;
export type SyncRepairAnswer = z.infer<typeof syncRepairAnswerSchema>;
