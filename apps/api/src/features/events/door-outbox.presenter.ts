import type { doorOutboxSchema } from '@munjigi/contracts';
import type { z } from 'zod';

type EpochView = z.input<typeof doorOutboxSchema>['epochs'][number];

/** One outbox of a door as the database gives it. */
export interface OutboxEpochRow {
  readonly epoch: string;
  readonly first_heard_at: Date | null;
  readonly last_heard_at: Date | null;
  readonly acknowledged_sequence: string;
  readonly highest_sequence: string;
  readonly announced_sequence: string;
  readonly is_ended: boolean;
  readonly dead_letters: number;
  readonly lost: string;
  readonly chain_hash: Buffer | null;
  readonly chain_first_sequence: string | null;
  readonly chain_broken_sequence: string | null;
  readonly checkpoint: { sequence: number; at: string; fingerprint: string } | null;
  readonly gaps: readonly { firstSequence: number; lastSequence: number; noticedAt: string }[];
}

/** A door's outboxes as the wire has them. */
export function presentOutbox(rows: readonly OutboxEpochRow[]): z.input<typeof doorOutboxSchema> {
  return { epochs: rows.map(presentEpoch) };
}

function presentEpoch(row: OutboxEpochRow): EpochView {
  const [acknowledged, announced] = [Number(row.acknowledged_sequence), Number(row.announced_sequence)];
  const unsent = row.is_ended ? Math.max(0, announced - acknowledged) : 0;
  return {
    epoch: row.epoch,
    firstHeardAt: row.first_heard_at?.toISOString() ?? null,
    lastHeardAt: row.last_heard_at?.toISOString() ?? null,
    acknowledgedSequence: acknowledged,
    announcedSequence: announced,
    isEnded: row.is_ended,
    missing: Number(row.lost) + unsent,
    deadLetters: row.dead_letters,
    gaps: row.gaps.map((gap) => ({ ...gap, noticedAt: new Date(gap.noticedAt).toISOString() })),
    chain: presentChain(row),
  };
}

function presentChain(row: OutboxEpochRow): EpochView['chain'] {
  const { checkpoint } = row;
  const first = row.chain_first_sequence === null ? null : Number(row.chain_first_sequence);
  const brokenAt = row.chain_broken_sequence === null ? null : Number(row.chain_broken_sequence);
  const isWhole = row.gaps.length === 0 && row.dead_letters === 0;
  const state = first === null ? 'none' : brokenAt !== null ? 'broken' : isWhole ? 'intact' : 'gap';
  const signed = checkpoint?.sequence ?? (first ?? 1) - 1;
  const unsigned = first === null ? 0 : Math.max(0, Number(row.acknowledged_sequence) - signed);
  return { state, firstSequence: first, brokenAt, checkpoint, unsigned };
}
