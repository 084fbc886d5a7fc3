import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ChainHead } from './chain-walk';
import { outboxOf, type EventBatch } from './event-batch';

/** How far one outbox is stored. */
export interface Cursor {
  readonly doorId: string;
  readonly epoch: string;
  /** All at or under it is stored, or will never come. */
  readonly acknowledged: number;
  /** Nothing above it was ever stored. */
  readonly highest: number;
  readonly chain: ChainHead;
}

/** The cursors of the doors' outboxes; a cursor's row is the lock under which the outbox's events are written. */
@Injectable()
export class EventCursors {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Notes that a door said hello with an outbox, and how far it has numbered its events.
   *
   * @returns how far the outbox is stored; 0 when nothing of it is
   */
  async announce(doorId: string, epoch: string, lastSequence: number): Promise<number> {
    const [row] = await this.dataSource.query<{ acknowledged_sequence: string }[]>(ANNOUNCE, [
      doorId,
      epoch,
      lastSequence,
    ]);
    return Number(row?.acknowledged_sequence ?? 0);
  }

  /** Locks the cursors of these outboxes until the transaction ends, making those that are not there. By outbox. */
  async lock(
    manager: EntityManager,
    outboxes: readonly Pick<EventBatch, 'doorId' | 'epoch'>[],
  ): Promise<ReadonlyMap<string, Cursor>> {
    const keys = [outboxes.map(({ doorId }) => doorId), outboxes.map(({ epoch }) => epoch)];
    let rows = await manager.query<CursorRow[]>(LOCK, keys);
    if (rows.length < outboxes.length) {
      await manager.query(MAKE, keys);
      rows = await manager.query<CursorRow[]>(LOCK, keys);
    }
    return new Map(
      rows.map((row) => {
        const [doorId, epoch] = [row.door_id, row.epoch];
        const [acknowledged, highest] = [Number(row.acknowledged_sequence), Number(row.highest_sequence)];
        return [outboxOf({ doorId, epoch }), { doorId, epoch, acknowledged, highest, chain: chainOf(row) }];
      }),
    );
  }

  /** Notes how far locked outboxes are stored now. */
  async move(manager: EntityManager, cursors: readonly Cursor[]): Promise<void> {
    if (cursors.length === 0) return;
    await manager.query(MOVE, [
      cursors.map(({ doorId }) => doorId),
      cursors.map(({ epoch }) => epoch),
      cursors.map(({ acknowledged }) => acknowledged),
      cursors.map(({ highest }) => highest),
      cursors.map(({ chain }) => chain.hash),
      cursors.map(({ chain }) => chain.first),
      cursors.map(({ chain }) => chain.brokenAt),
    ]);
  }
}

interface CursorRow {
  readonly door_id: string;
  readonly epoch: string;
  readonly acknowledged_sequence: string;
  readonly highest_sequence: string;
  readonly chain_hash: Buffer | null;
  readonly chain_first_sequence: string | null;
  readonly chain_broken_sequence: string | null;
}

function chainOf(row: CursorRow): ChainHead {
  const [first, brokenAt] = [row.chain_first_sequence, row.chain_broken_sequence];
  return {
    hash: row.chain_hash?.toString('base64url') ?? null,
    first: first === null ? null : Number(first),
    brokenAt: brokenAt === null ? null : Number(brokenAt),
  };
}

const OUTBOXES = 'unnest($1::uuid[], $2::uuid[]) AS outbox (door_id, epoch)';

// Always in the same order, so that two transactions never wait for one another.
const LOCK = `
  SELECT event_cursor.* FROM event_cursor JOIN ${OUTBOXES} USING (door_id, epoch)
  ORDER BY event_cursor.door_id, event_cursor.epoch FOR UPDATE OF event_cursor`;

const MAKE = `
  INSERT INTO event_cursor (door_id, epoch, acknowledged_sequence, highest_sequence)
  SELECT door_id, epoch, 0, 0 FROM ${OUTBOXES} ORDER BY door_id, epoch ON CONFLICT DO NOTHING`;

const ANNOUNCE = `
  INSERT INTO event_cursor (door_id, epoch, acknowledged_sequence, highest_sequence, announced_sequence,
    first_heard_at, last_heard_at)
  VALUES ($1, $2, 0, 0, $3, now(), now())
  ON CONFLICT (door_id, epoch) DO UPDATE SET last_heard_at = now(),
    announced_sequence = greatest(event_cursor.announced_sequence, excluded.announced_sequence)
  RETURNING acknowledged_sequence`;

const MOVE = `
  UPDATE event_cursor SET acknowledged_sequence = moved.acknowledged, highest_sequence = moved.highest,
    chain_hash = decode(translate(moved.hash, '-_', '+/') || '=', 'base64'), chain_first_sequence = moved.first,
    chain_broken_sequence = moved.broken
  FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[])
    AS moved (door_id, epoch, acknowledged, highest, hash, first, broken)
  WHERE event_cursor.door_id = moved.door_id AND event_cursor.epoch = moved.epoch
    AND (event_cursor.acknowledged_sequence, event_cursor.highest_sequence) <> (moved.acknowledged, moved.highest)`;
