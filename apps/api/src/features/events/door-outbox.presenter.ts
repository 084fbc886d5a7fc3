import type { doorOutboxSchema } from '@munjigi/contracts';
import type { z } from 'zod';

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
  readonly gaps: readonly { firstSequence: number; lastSequence: number; noticedAt: string }[];
}

/** A door's outboxes as the wire has them. */
export function presentOutbox(rows: readonly OutboxEpochRow[]): z.input<typeof doorOutboxSchema> {
  return { epochs: rows.map(presentEpoch) };
}

function presentEpoch(row: OutboxEpochRow): z.input<typeof doorOutboxSchema>['epochs'][number] {
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
  };
}
