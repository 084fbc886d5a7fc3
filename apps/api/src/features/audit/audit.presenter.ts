import type { auditChainSchema, auditCheckpointSchema, auditEntrySchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ChainHead, LinkedRow } from '../../platform/audit/audit-chain';
import type { CheckpointRow } from '../../platform/audit/audit-checkpoints';
import type { LastCheck } from '../../platform/audit/audit-jobs';

/** An entry as the console has it. */
export function presentEntry(row: LinkedRow): z.input<typeof auditEntrySchema> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    position: Number(row.position),
    hash: row.hash.toString('hex'),
    actor: {
      kind: row.actor_kind as 'system',
      id: row.actor_id,
      name: row.actor_name,
      address: row.address,
    },
    action: row.action,
    subjectId: row.subject_id,
    siteId: row.site_id,
    before: row.before,
    after: row.after,
    reason: row.reason,
    details: row.details,
  };
}

/** A checkpoint with all that is needed to check it. */
export function presentCheckpoint(
  deployment: string,
  row: CheckpointRow,
): z.input<typeof auditCheckpointSchema> {
  return {
    deployment,
    position: Number(row.position),
    hash: row.hash.toString('hex'),
    at: row.at.toISOString(),
    keyId: row.key_id,
    publicKey: row.public_key,
    signature: row.signature.toString('hex'),
  };
}

/** What the server knows of its own account. */
export function presentChain(known: {
  head: ChainHead;
  last: LastCheck | null;
  checkpoint: CheckpointRow | null;
  appendOnlyByRights: boolean;
}): z.input<typeof auditChainSchema> {
  const { head, last, checkpoint, appendOnlyByRights } = known;
  return {
    deployment: head.chainId,
    position: head.position,
    hash: Buffer.from(head.hash).toString('hex'),
    checked: last && { position: last.position, at: last.checkedAt.toISOString() },
    fault: last?.fault ?? null,
    checkpoint: checkpoint && presentCheckpoint(head.chainId, checkpoint),
    appendOnlyByRights,
  };
}
