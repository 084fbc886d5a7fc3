import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReceivedEvent } from './event-link';

/** An event of an outbox as it is stored, in whatever table. */
export interface StoredEvent {
  readonly sequence: number;
  /** As it came, as far as its hash goes; null when it was too long to be kept whole. */
  readonly event: ReceivedEvent | null;
  readonly previousHash: string | null;
}

/** What is said of one outbox beside its events. */
export interface OutboxFacts {
  readonly epoch: string;
  readonly acknowledged: number;
  /** The hash after the last acknowledged event, base64url; null when that one is not chained. */
  readonly hash: string | null;
  readonly gaps: readonly { readonly first: number; readonly last: number }[];
  readonly checkpoints: readonly StoredCheckpoint[];
}

/** A signature as it is stored. */
export interface StoredCheckpoint {
  readonly sequence: number;
  readonly hash: string;
  readonly at: string;
  readonly fingerprint: string;
  readonly signature: string;
}

/** Reads a door's stored events as its chain has them. */
@Injectable()
export class StoredChain {
  constructor(private readonly dataSource: DataSource) {}

  /** An outbox of a door, the newest unless told; null when it has none such. */
  async factsOf(doorId: string, epoch: string | null): Promise<OutboxFacts | null> {
    const [row] = await this.dataSource.query<{ facts: OutboxFacts }[]>(FACTS, [doorId, epoch]);
    return row?.facts ?? null;
  }

  /** The next events of an outbox after a sequence, up to another, in their order. */
  async after(
    doorId: string,
    epoch: string,
    { from, through, limit }: { from: number; through: number; limit: number },
  ): Promise<StoredEvent[]> {
    const rows = await this.dataSource.query<EventRow[]>(EVENTS, [doorId, epoch, from, through, limit]);
    return rows.map(storedEvent);
  }
}

interface EventRow {
  readonly sequence: string;
  readonly event: Record<string, unknown> | null;
  readonly letter: string | null;
  readonly occurred_at: Date | null;
}

function storedEvent({ sequence, event, letter, occurred_at: occurredAt }: EventRow): StoredEvent {
  const received =
    event === null
      ? parsed(letter)
      : { ...event, sequence: Number(sequence), occurredAt: occurredAt?.toISOString() };
  const previousHash = received?.previousHash;
  return {
    sequence: Number(sequence),
    event: received === null ? null : (received as ReceivedEvent),
    previousHash: typeof previousHash === 'string' ? previousHash : null,
  };
}

function parsed(letter: string | null): Record<string, unknown> | null {
  try {
    return JSON.parse(letter ?? '') as Record<string, unknown>;
  } catch {
    return null;
  }
}

const base64url = (column: string) => `rtrim(translate(encode(${column}, 'base64'), '+/', '-_'), '=')`;

const FACTS = `
  SELECT jsonb_build_object('epoch', epoch, 'acknowledged', acknowledged_sequence,
    'hash', ${base64url('chain_hash')},
    'gaps', (SELECT coalesce(jsonb_agg(jsonb_build_object('first', first_sequence, 'last', last_sequence)
        ORDER BY first_sequence), '[]')
      FROM event_gap WHERE door_id = $1 AND epoch = cursor.epoch),
    'checkpoints', (SELECT coalesce(jsonb_agg(jsonb_build_object('sequence', sequence, 'at', signed_at,
        'hash', ${base64url('hash')}, 'fingerprint', fingerprint, 'signature', signature) ORDER BY sequence), '[]')
      FROM event_checkpoint WHERE door_id = $1 AND epoch = cursor.epoch)) AS facts
  FROM event_cursor AS cursor WHERE door_id = $1 AND ($2::uuid IS NULL OR epoch = $2)
  ORDER BY last_heard_at DESC NULLS LAST, epoch DESC LIMIT 1`;

const RANGE = 'door_id = $1 AND epoch = $2 AND sequence > $3 AND sequence <= $4';
const SAID = `'id', id, 'monotonicMs', monotonic_ms, 'clockOffsetMs', clock_offset_ms, 'clockErrorMs', clock_error_ms,
      'previousHash', ${base64url('previous_hash')}`;

// An event that was set aside and stored later is there twice: what is in the account counts.
const EVENTS = `
  SELECT DISTINCT ON (sequence) sequence, event, letter, occurred_at FROM (
    SELECT sequence, occurred_at, NULL AS letter, 1 AS place, jsonb_build_object('kind', 'access', ${SAID},
      'trackId', track_id, 'outcome', outcome, 'reason', reason, 'personId', person_id, 'similarity', similarity,
      'runnerUpSimilarity', runner_up_similarity, 'similarityMin', similarity_min, 'quality', quality,
      'liveness', liveness, 'modelId', model_id, 'appliedRevision', applied_revision,
      'pictureHash', ${base64url('picture_hash')})
      || coalesce(extra, '{}') AS event
    FROM access_event WHERE ${RANGE}
    UNION ALL
    SELECT sequence, occurred_at, NULL, 1, jsonb_build_object('kind', kind, ${SAID}, 'details', details)
      || coalesce(extra, '{}')
    FROM door_event WHERE ${RANGE}
    UNION ALL
    SELECT sequence, NULL, event, 2, NULL FROM dead_letter WHERE ${RANGE}
  ) AS outbox ORDER BY sequence, place LIMIT $5`;
