import { createHash } from 'node:crypto';
import { canonical } from './canonical';

/** What an entry of the account says, as JSON has it: the times ISO 8601 in UTC with milliseconds. */
export interface EntryFields {
  readonly id: string;
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly address: string | null;
  readonly action: string;
  readonly subjectId: string | null;
  readonly siteId: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly reason: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A place in the chain: the last entry up to there, and the hash over all of them. 0 is before the first. */
export interface ChainPlace {
  readonly position: number;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/**
 * The hash of what an entry says: SHA-256 of the UTF-8 bytes of its fields with `"v":1`, written by RFC 8785 (JCS).
 *
 * @returns 32 bytes
 */
export function entryDigest(entry: EntryFields): Buffer {
  const { id, at, actorKind, actorId, actorName, address, action, subjectId } = entry;
  const { siteId, before, after, reason, details } = entry;
  const who = { actorKind, actorId, actorName, address };
  const what = { action, subjectId, siteId, before, after, reason, details };
  return sha256(Buffer.from(canonical({ v: 1, id, at, ...who, ...what }), 'utf8'));
}

/** Where a chain begins: position 0, with a hash that no other chain begins with. @param chainId a UUID, lower case */
export function chainStart(chainId: string): ChainPlace {
  return { position: 0, hash: sha256(Buffer.from(`munjigi audit chain ${chainId}`, 'utf8')) };
}

/**
 * The place after one more entry: SHA-256 over the previous hash (32 bytes), the new position (8 bytes, big-endian) and
 * the entry's digest (32 bytes).
 */
export function nextPlace(previous: ChainPlace, digest: Uint8Array): ChainPlace {
  const position = previous.position + 1;
  const place = Buffer.alloc(8);
  place.writeBigInt64BE(BigInt(position));
  return { position, hash: sha256(Buffer.concat([previous.hash, place, digest])) };
}

/** SHA-256. @returns 32 bytes */
export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
