import type { ChainPlace } from '@munjigi/audit-chain';
import { chainStart } from '@munjigi/audit-chain';
import type { EntityManager } from 'typeorm';
import type { EntryRow } from './entry-fields';

/** An entry with its place. */
export interface LinkedRow extends EntryRow {
  readonly position: string;
  readonly hash: Buffer;
}

/** The chain's name and where it ends. */
export interface ChainHead extends ChainPlace {
  readonly chainId: string;
}

/** The end of the chain as it is committed. */
export async function chainHead(manager: EntityManager): Promise<ChainHead> {
  const [row] = await manager.query<[{ chain_id: string; position: string | null; hash: Buffer }]>(
    `SELECT chain_id, link.position, link.hash FROM audit_chain
     LEFT JOIN LATERAL (SELECT position, hash FROM audit_link ORDER BY position DESC LIMIT 1) AS link ON true`,
  );
  const chainId = row.chain_id;
  if (row.position === null) return { chainId, ...chainStart(chainId) };
  return { chainId, position: Number(row.position), hash: row.hash };
}

/** A place of the chain, or null when there is no entry of that position. */
export async function chainPlace(
  manager: EntityManager,
  chainId: string,
  position: number,
): Promise<ChainPlace | null> {
  if (position === 0) return chainStart(chainId);
  const [row] = await manager.query<{ hash: Buffer }[]>('SELECT hash FROM audit_link WHERE position = $1', [
    position,
  ]);
  return row ? { position, hash: row.hash } : null;
}

/** The entries after a position, in the chain's order, up to a position. */
export function linkedEntries(
  manager: EntityManager,
  { after, through, limit }: { after: number; through: number; limit: number },
): Promise<LinkedRow[]> {
  return manager.query<LinkedRow[]>(
    `SELECT link.position, link.hash, entry.id, entry.at, entry.actor_kind, entry.actor_id, entry.actor_name,
       entry.address, entry.action, entry.subject_id, entry.site_id, entry.before, entry.after, entry.reason,
       entry.details
     FROM audit_link AS link JOIN audit_entry AS entry ON entry.id = link.entry_id
     WHERE link.position > $1 AND link.position <= $2 ORDER BY link.position LIMIT $3`,
    [after, through, limit],
  );
}
