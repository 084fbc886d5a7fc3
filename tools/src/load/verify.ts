import type { Client } from 'pg';

/** What the database says of the doors' events after the run. */
export interface Account {
  /** Made by the agents, acknowledged, and not there. */
  readonly lost: number;
  /** Places that are taken twice. */
  readonly doubled: number;
  /** Ids that are there twice. */
  readonly sameIds: number;
}

/** One door's outbox and how far it must be stored. */
export interface ExpectedOutbox {
  readonly doorId: string;
  readonly epoch: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** Looks in the database itself whether each event that an agent made since the run began is there exactly once. */
export async function verifyAccount(
  database: Client,
  outboxes: readonly ExpectedOutbox[],
  since: Date,
): Promise<Account> {
  const expected = [
    outboxes.map(({ doorId }) => doorId),
    outboxes.map(({ epoch }) => epoch),
    outboxes.map(({ firstSequence }) => firstSequence),
    outboxes.map(({ lastSequence }) => lastSequence),
  ];
  const { rows } = await database.query<{ lost: string; doubled: string }>(
    `SELECT sum(last - first + 1 - coalesce(places, 0)) AS lost, coalesce(sum(events - places), 0) AS doubled
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) AS outbox (door_id, epoch, first, last)
     LEFT JOIN LATERAL (
       SELECT count(*) AS events, count(DISTINCT sequence) AS places FROM access_event AS event
       WHERE event.door_id = outbox.door_id AND event.epoch = outbox.epoch
         AND event.sequence BETWEEN outbox.first AND outbox.last) AS stored ON true`,
    expected,
  );
  const ids = await database.query<{ same: string }>(
    'SELECT count(*) - count(DISTINCT id) AS same FROM access_event WHERE received_at >= $1 AND occurred_at >= $1',
    [since],
  );
  return {
    lost: Number(rows[0]?.lost ?? NaN),
    doubled: Number(rows[0]?.doubled ?? NaN),
    sameIds: Number(ids.rows[0]?.same ?? NaN),
  };
}
