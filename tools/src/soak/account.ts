import type { Client } from 'pg';
import type { Told } from './tally';

/** What a door is known to have written. */
export interface DoorRecord {
  readonly doorId: string;
  readonly epoch: string;
  /** The number of its last event, by its own store. */
  readonly lastSequence: number;
  readonly told: readonly Told[];
  /** Ids of events that waited in memory. */
  readonly held: readonly string[];
}

/** What the database has of a door's events. */
export interface DoorAccount {
  readonly stored: number;
  /** Numbers that the door gave out and the database has not. */
  readonly lost: number;
  /** Numbers or ids that are there more than once. */
  readonly doubled: number;
  /** Events that the door told of, and that are there under another id, or not at all. */
  readonly differing: number;
  /** Events that were received before one with a lower number. */
  readonly outOfOrder: number;
  /** Of those that waited in memory, how many are not there: a kill -9 on a full disk loses them. */
  readonly heldLost: number;
  /** Epochs beside the door's. */
  readonly otherEpochs: number;
}

interface StoredRow {
  readonly id: string;
  readonly epoch: string;
  readonly sequence: string;
  readonly received: Date;
}

/** Looks in the database itself whether each event of a door is there exactly once, and in order. */
export async function accountOf(database: Client, record: DoorRecord): Promise<DoorAccount> {
  const { rows } = await database.query<StoredRow>(
    `SELECT id, epoch, sequence, received_at AS received FROM access_event WHERE door_id = $1
     UNION ALL SELECT id, epoch, sequence, received_at FROM door_event WHERE door_id = $1 AND epoch IS NOT NULL
     ORDER BY sequence, received`,
    [record.doorId],
  );
  return compare(
    rows.map((row) => ({ ...row, sequence: Number(row.sequence) })),
    record,
  );
}

/** Compares what is stored, in the order of its numbers, with what the door wrote. */
export function compare(
  rows: readonly { id: string; epoch: string; sequence: number; received: Date }[],
  { epoch, lastSequence, told, held }: DoorRecord,
): DoorAccount {
  const own = rows.filter((row) => row.epoch === epoch);
  const idOf = new Map(own.map(({ sequence, id }) => [sequence, id]));
  const ids = new Set(rows.map(({ id }) => id));
  let lost = 0;
  for (let sequence = 1; sequence <= lastSequence; sequence += 1) if (!idOf.has(sequence)) lost += 1;
  return {
    stored: own.length,
    lost,
    doubled: own.length - idOf.size + (rows.length - ids.size),
    differing: told.filter(({ sequence, id }) => idOf.get(sequence) !== id).length,
    outOfOrder: own.filter(({ received }, index) => received < (own[index - 1]?.received ?? received)).length,
    heldLost: held.filter((id) => !ids.has(id)).length,
    otherEpochs: new Set(rows.map((row) => row.epoch)).size - (own.length > 0 ? 1 : 0),
  };
}
