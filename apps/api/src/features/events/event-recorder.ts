import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { afterCommit } from '../../platform/database/after-commit';
import { isDatabaseUnavailable, violatedConstraint } from '../../platform/database/database-errors';
import { AppError } from '../../platform/errors/app-error';
import { Metrics } from '../../platform/metrics/metrics';
import { LiveBus } from '../../platform/realtime/live-bus';
import { AlarmRaiser } from '../alarms/alarm-raiser';
import { DENIALS_WITHIN_MS, signalsOf } from '../alarms/alarm-signals';
import { conflictOf, outboxOf, refuseUnstorable, type EventBatch, type RecordedBatch } from './event-batch';
import { EventCursors } from './event-cursors';
import { WebhookOutbox, type Announcement } from '../webhooks/webhook-outbox';
import { EventPartitions } from './event-partitions';
import { EventStore, type BatchOutcome, type StoredGroup } from './event-store';

/** Transactions at once; while they run, what comes gathers for the next. */
const LANES = 2;
/** Events of one transaction, apart from the one batch that it has at least. */
const EVENTS_PER_GROUP = 2_000;

/** A batch that waits to be stored. */
interface Waiting {
  readonly batch: EventBatch;
  readonly resolve: (recorded: RecordedBatch) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes the doors' events: each exactly once, however often it is sent. Batches of different doors that come while the
 * database is busy share a transaction, so that a thousand doors cost a few commits a second and not thousands.
 */
@Injectable()
export class EventRecorder {
  private readonly waiting: Waiting[] = [];
  /** Outboxes of which a batch is being stored. */
  private readonly busy = new Set<string>();
  private lanes = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly cursors: EventCursors,
    private readonly store: EventStore,
    private readonly partitions: EventPartitions,
    private readonly alarms: AlarmRaiser,
    private readonly webhooks: WebhookOutbox,
    private readonly bus: LiveBus,
    private readonly metrics: Metrics,
  ) {}

  /** How far an outbox is stored; 0 when nothing of it is. */
  acknowledged(doorId: string, epoch: string): Promise<number> {
    return this.cursors.acknowledged(doorId, epoch);
  }

  /**
   * Stores a batch, all of it or nothing, and returns after the commit.
   *
   * @throws {AppError} `events/invalid` or `events/conflict` that names the events which cannot be stored.
   */
  async record(batch: EventBatch): Promise<RecordedBatch> {
    refuseUnstorable(batch.events);
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      this.pump();
    });
  }

  private pump(): void {
    while (this.lanes < LANES) {
      const group = this.takeGroup();
      if (group.length === 0) return;
      this.lanes++;
      for (const { batch } of group) this.busy.add(outboxOf(batch));
      void this.run(group).finally(() => {
        for (const { batch } of group) this.busy.delete(outboxOf(batch));
        this.lanes--;
        this.pump();
      });
    }
  }

  /** The next batches in the order in which they came, at most one of each outbox. */
  private takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const outboxes = new Set(this.busy);
    let events = 0;
    for (let index = 0; index < this.waiting.length && events < EVENTS_PER_GROUP;) {
      const next = this.waiting[index]!;
      const outbox = outboxOf(next.batch);
      if (outboxes.has(outbox)) {
        index++;
        continue;
      }
      outboxes.add(outbox);
      events += next.batch.events.length;
      group.push(next);
      this.waiting.splice(index, 1);
    }
    return group;
  }

  /** Stores a group together; when that fails, each batch for itself, so that only the guilty one is refused. */
  private async run(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.storeGroup(group.map(({ batch }) => batch));
      group.forEach((waiting, index) => settle(waiting, outcomes[index]!));
    } catch (error) {
      if (group.length > 1 && !isDatabaseUnavailable(error)) {
        for (const waiting of group) await this.run([waiting]);
        return;
      }
      for (const { batch, reject } of group) reject(refusalOf(error, batch));
    }
  }

  private async storeGroup(group: readonly EventBatch[]): Promise<readonly BatchOutcome[]> {
    await this.partitions.ensure(instantsOf(group));
    return this.dataSource.transaction(async (manager) => {
      const stored = await this.store.store(manager, group);
      await this.alarms.apply(manager, stored.doors.flatMap(signalsOf));
      await this.alarms.considerDenials(manager, doorsOfDenials(stored), new Date());
      await this.webhooks.announce(manager, announcementsOf(stored));
      afterCommit(manager, () => this.tell(stored));
      return stored.outcomes;
    });
  }

  private tell({ access, doors }: StoredGroup): void {
    this.metrics.eventsStored('access', access.length);
    this.metrics.eventsStored('door', doors.length);
    if (access.length > 0) this.bus.send('events', { eventIds: access.map(({ id }) => id) });
    if (doors.length > 0) this.bus.send('doorEvents', { eventIds: doors.map(({ id }) => id) });
  }
}

function settle({ resolve, reject }: Waiting, outcome: BatchOutcome): void {
  if (outcome instanceof AppError) reject(outcome);
  else resolve(outcome);
}

/** An id that another door's batch took in the same moment is a conflict like any other. */
function refusalOf(error: unknown, batch: EventBatch): unknown {
  const constraint = violatedConstraint(error);
  return constraint !== null && /_(pk|pkey|key)$|_idx$/.test(constraint)
    ? conflictOf([...batch.events.keys()])
    : error;
}

/** The doors that have denied somebody a moment ago; what comes late makes no alarm of today. */
function doorsOfDenials({ access }: StoredGroup): string[] {
  const since = Date.now() - DENIALS_WITHIN_MS;
  const recent = access.filter(
    ({ outcome, occurredAt }) => outcome === 'denied' && Date.parse(occurredAt) > since,
  );
  return [...new Set(recent.map(({ doorId }) => doorId))];
}

/** What webhooks may want to know of. */
function announcementsOf({ access, doors }: StoredGroup): Announcement[] {
  return [
    ...access.map(({ id, doorId, outcome }) => ({
      event: `access.${outcome}` as const,
      subjectId: id,
      doorId,
    })),
    ...doors.map(({ id, doorId }) => ({ event: 'door.event' as const, subjectId: id, doorId })),
  ];
}

function* instantsOf(group: readonly EventBatch[]): Iterable<Date> {
  for (const { events } of group) for (const event of events) yield new Date(event.occurredAt);
}
