import { Injectable } from '@nestjs/common';
import type { AgentEvent } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { afterCommit } from '../../platform/database/after-commit';
import { AppError, type Issue } from '../../platform/errors/app-error';
import { LiveBus } from '../../platform/realtime/live-bus';

/** A batch from one door's outbox, in sequence order. */
export interface EventBatch {
  readonly doorId: string;
  readonly epoch: string;
  readonly events: readonly AgentEvent[];
  /** Whether the batch begins with the oldest event that the door still has. */
  readonly startsAtOldest: boolean;
}

/** What became of a batch. */
export interface RecordedBatch {
  /** The door may forget this event and all before it. */
  readonly acknowledgedSequence: number;
  /** Events before this batch that the door no longer had and that never came; 0 as a rule. */
  readonly missing: number;
}

/** What PostgreSQL's timestamps and people's calendars both hold. */
const YEAR_MIN = 1970;
const YEAR_MAX = 9998;

/** Writes the doors' events: each exactly once, however often it is sent. */
@Injectable()
export class EventRecorder {
  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: LiveBus,
  ) {}

  /** How far an outbox is stored; 0 when nothing of it is. */
  async acknowledged(doorId: string, epoch: string): Promise<number> {
    const [row] = await this.dataSource.query<CursorRow[]>(
      'SELECT acknowledged_sequence FROM event_cursor WHERE door_id = $1 AND epoch = $2',
      [doorId, epoch],
    );
    return Number(row?.acknowledged_sequence ?? 0);
  }

  /**
   * Stores a batch, all of it or nothing, and returns after the commit.
   *
   * @throws {AppError} `events/invalid` or `events/conflict` that names the events which cannot be stored.
   */
  async record(batch: EventBatch): Promise<RecordedBatch> {
    refuseUnstorable(batch.events);
    return this.dataSource.transaction(async (manager) => {
      const before = await this.lockCursor(manager, batch);
      await this.insert(manager, batch);
      const first = batch.events[0]?.sequence ?? 1;
      const last = batch.events.at(-1)?.sequence ?? 0;
      const missing = Math.max(0, first - before - 1);
      // Something between is still on its way: keep this, and let the door keep it too until that has come.
      if (missing > 0 && !batch.startsAtOldest) return { acknowledgedSequence: before, missing: 0 };
      const after = Math.max(before, last);
      await manager.query(
        'UPDATE event_cursor SET acknowledged_sequence = $3 WHERE door_id = $1 AND epoch = $2',
        [batch.doorId, batch.epoch, after],
      );
      return { acknowledgedSequence: after, missing };
    });
  }

  /** One batch of an outbox at a time: the cursor's row is the lock. */
  private async lockCursor(manager: EntityManager, { doorId, epoch }: EventBatch): Promise<number> {
    await manager.query(
      'INSERT INTO event_cursor (door_id, epoch, acknowledged_sequence) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING',
      [doorId, epoch],
    );
    const [row] = await manager.query<CursorRow[]>(
      'SELECT acknowledged_sequence FROM event_cursor WHERE door_id = $1 AND epoch = $2 FOR UPDATE',
      [doorId, epoch],
    );
    return Number(row?.acknowledged_sequence ?? 0);
  }

  private async insert(manager: EntityManager, { doorId, epoch, events }: EventBatch): Promise<void> {
    const inserted = await manager.query<{ id: string }[]>(INSERT, [
      doorId,
      epoch,
      new Date(),
      JSON.stringify(events),
    ]);
    if (inserted.length < events.length) await this.refuseConflicts(manager, { doorId, epoch, events });
    const eventIds = inserted.map((row) => row.id);
    if (eventIds.length > 0) afterCommit(manager, () => this.bus.send('events', { eventIds }));
  }

  /** What was there already must be the same events; an id or a place that another event holds is an error. */
  private async refuseConflicts(
    manager: EntityManager,
    { doorId, epoch, events }: Pick<EventBatch, 'doorId' | 'epoch' | 'events'>,
  ): Promise<void> {
    const stored = await manager.query<{ id: string; sequence: string }[]>(
      'SELECT id, sequence FROM access_event WHERE door_id = $1 AND epoch = $2 AND id = ANY($3)',
      [doorId, epoch, events.map((event) => event.id)],
    );
    const sequenceOf = new Map(stored.map((row) => [row.id, Number(row.sequence)]));
    const issues = events.flatMap((event, index): Issue[] =>
      sequenceOf.get(event.id.toLowerCase()) === event.sequence
        ? []
        : [{ path: `events.${index}`, message: 'another event has this id or this sequence' }],
    );
    if (issues.length === 0) return;
    throw new AppError(
      'conflict',
      'events/conflict',
      'Some events contradict what is stored; none was stored.',
      {
        issues,
      },
    );
  }
}

interface CursorRow {
  readonly acknowledged_sequence: string;
}

const INSERT = `
  INSERT INTO access_event (id, door_id, epoch, sequence, occurred_at, received_at, monotonic_ms, clock_offset_ms,
    track_id, outcome, reason, person_id, similarity, runner_up_similarity, similarity_min, model_id, applied_revision)
  SELECT id, $1::uuid, $2::uuid, sequence, "occurredAt", $3::timestamptz, "monotonicMs", "clockOffsetMs", "trackId",
    outcome, reason, "personId", similarity, "runnerUpSimilarity", "similarityMin", "modelId", "appliedRevision"
  FROM jsonb_to_recordset($4::jsonb) AS event (id uuid, sequence bigint, "occurredAt" timestamptz,
    "monotonicMs" double precision, "clockOffsetMs" double precision, "trackId" uuid, outcome text, reason text,
    "personId" uuid, similarity double precision, "runnerUpSimilarity" double precision,
    "similarityMin" double precision, "modelId" text, "appliedRevision" bigint)
  ON CONFLICT DO NOTHING RETURNING id`;

function refuseUnstorable(events: readonly AgentEvent[]): void {
  const issues = events.flatMap((event, index): Issue[] => {
    const previous = events[index - 1];
    const year = new Date(event.occurredAt).getUTCFullYear();
    if (!(year >= YEAR_MIN && year <= YEAR_MAX)) {
      return [{ path: `events.${index}.occurredAt`, message: `must be from ${YEAR_MIN} to ${YEAR_MAX}` }];
    }
    if (previous && event.sequence <= previous.sequence) {
      return [{ path: `events.${index}.sequence`, message: 'must be above the one before it' }];
    }
    return [];
  });
  if (issues.length > 0)
    throw new AppError('invalid', 'events/invalid', 'Some events cannot be stored.', { issues });
}
