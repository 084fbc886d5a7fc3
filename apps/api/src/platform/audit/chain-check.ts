import { entryDigest, isCheckpointSigned, nextPlace, type ChainPlace } from '@munjigi/audit-chain';
import type { EntityManager } from 'typeorm';
import { chainHead, linkedEntries, type ChainHead } from './audit-chain';
import type { AuditCheckpoints } from './audit-checkpoints';
import { entryFields } from './entry-fields';

const ROWS = 1_000;

/** The first thing that is not as it was written. */
export interface FoundFault {
  readonly position: number | null;
  readonly what: string;
}

/** What a page of a check found: the place up to which all is well, or the fault. */
export type CheckedPage =
  | { readonly fault: null; readonly place: ChainPlace; readonly head: ChainHead; readonly done: boolean }
  | { readonly fault: FoundFault };

/**
 * Checks the entries after a place, a page of them, against their hashes, their places and what was signed.
 *
 * @param place up to which the chain is known to be well
 * @param seen the position of the last entry that any check has seen: none of those may be gone
 */
export async function checkPage(
  manager: EntityManager,
  checkpoints: AuditCheckpoints,
  place: ChainPlace,
  seen = 0,
): Promise<CheckedPage> {
  const head = await chainHead(manager);
  const signed = Number((await checkpoints.last(manager))?.position ?? 0);
  if (head.position < Math.max(place.position, seen, signed)) {
    return wrong(head.position + 1, 'Entries that were there are gone from the end of the account.');
  }
  const rows = await linkedEntries(manager, { after: place.position, through: head.position, limit: ROWS });
  let at = place;
  const hashes = new Map<number, string>();
  for (const row of rows) {
    const expected = at.position + 1;
    if (Number(row.position) !== expected) return wrong(expected, 'An entry is missing.');
    at = nextPlace(at, entryDigest(entryFields(row)));
    if (!Buffer.from(at.hash).equals(row.hash))
      return wrong(expected, 'An entry, or its place, was changed.');
    hashes.set(expected, row.hash.toString('hex'));
  }
  const done = rows.length < ROWS;
  if (done && at.position < head.position) return wrong(at.position + 1, 'Entries at the end are missing.');
  for (const { position, hash, ...made } of await checkpoints.between(manager, place.position, at.position)) {
    const statement = {
      deployment: head.chainId,
      position: Number(position),
      hash: hash.toString('hex'),
      at: made.at.toISOString(),
      keyId: made.key_id,
    };
    if (!isCheckpointSigned(made.public_key, statement, made.signature.toString('hex'))) {
      return wrong(statement.position, 'A checkpoint is not genuine.');
    }
    if (hashes.get(statement.position) !== statement.hash) {
      return wrong(statement.position, 'The account is not the one that was signed.');
    }
  }
  return { fault: null, place: at, head, done };
}

function wrong(position: number | null, what: string): CheckedPage {
  return { fault: { position, what } };
}
