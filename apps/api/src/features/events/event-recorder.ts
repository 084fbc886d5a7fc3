import { Injectable } from '@nestjs/common';
import type { Hello } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { afterCommit } from '../../platform/database/after-commit';
import {
  isDatabaseUnavailable,
  isRefusedData,
  violatedConstraint,
} from '../../platform/database/database-errors';
import { Metrics } from '../../platform/metrics/metrics';
import { LiveBus } from '../../platform/realtime/live-bus';
import { AlarmRaiser } from '../alarms/alarm-raiser';
import { DENIALS_WITHIN_MS, signalsOf } from '../alarms/alarm-signals';
import { halvesOf, outboxOf, setAside, type EventBatch, type RecordedBatch } from './event-batch';
import { EventCursors } from './event-cursors';
import { WebhookOutbox, type Announcement } from '../webhooks/webhook-outbox';
import { EventPartitions } from './event-partitions';
import { DeadLetters } from './dead-letters';
import { EventStore, type StoredGroup } from './event-store';

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
    private readonly letters: DeadLetters,
    private readonly partitions: EventPartitions,
    private readonly alarms: AlarmRaiser,
    private readonly webhooks: WebhookOutbox,
    private readonly bus: LiveBus,
    private readonly metrics: Metrics,
  ) {}

  /** Notes the outbox that a door says hello with. @returns how far it is stored; 0 when nothing of it is */
  announced(doorId: string, { epoch, lastSequence }: Hello['outbox']): Promise<number> {
    return this.cursors.announce(doorId, epoch, lastSequence);
  }

  /** Stores a batch and returns after the commit. What cannot be stored of it is set aside, and holds up nothing. */
  async record(batch: EventBatch): Promise<RecordedBatch> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      this.pump();
    });
  }

  /**
   * Stores an event that was set aside before, with what `settle` does in the same transaction.
   *
   * @returns whether it is stored; when not, nothing was done
   */
  async retry(batch: EventBatch, settle: (manager: EntityManager) => Promise<void>): Promise<boolean> {
    await this.partitions.ensure(instantsOf([batch]));
    try {
      await this.dataSource.transaction(async (manager) => {
        const { outcomes } = await this.storeIn(manager, [{ ...batch, isRetry: true }]);
        if (outcomes.some(({ refused }) => refused > 0)) throw new StillRefused();
        await settle(manager);
      });
      return true;
    } catch (error) {
      if (error instanceof StillRefused || isRefusedData(error)) return false;
      throw error;
    }
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

  /** Stores a group together; when that fails, each batch for itself, so that only the guilty one suffers. */
  private async run(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.storeGroup(group.map(({ batch }) => batch));
      group.forEach(({ resolve }, index) => resolve(outcomes[index]!));
    } catch (error) {
      if (isDatabaseUnavailable(error)) for (const { reject } of group) reject(error);
      else for (const waiting of group) await this.runAlone(waiting);
    }
  }

  private async runAlone({ batch, resolve, reject }: Waiting): Promise<void> {
    await this.storeAlone(batch).then(resolve, reject);
  }

  /** Stores a batch; what the database refuses is looked for by halves and set aside. */
  private async storeAlone(batch: EventBatch): Promise<RecordedBatch> {
    try {
      const [outcome] = await this.storeGroup([batch]);
      return outcome!;
    } catch (error) {
      if (!isRefusedData(error)) throw error;
      if (/_door_fk$/.test(violatedConstraint(error) ?? '')) return this.keepOfNoDoor(batch);
      const halves = halvesOf(batch);
      if (halves === null) return this.storeAsLetter(batch, error);
      const [first, second] = [await this.storeAlone(halves[0]), await this.storeAlone(halves[1])];
      const [missing, refused] = [first.missing + second.missing, first.refused + second.refused];
      return { acknowledgedSequence: second.acknowledgedSequence, missing, refused };
    }
  }

  private async storeAsLetter(batch: EventBatch, error: unknown): Promise<RecordedBatch> {
    // What cannot be stored even as what it is not, is not to be acknowledged.
    if (batch.events.length === 0) throw error;
    const [outcome] = await this.storeGroup([setAside(batch, 'refused-by-database', messageOf(error))]);
    return outcome!;
  }

  /** The door is no more, and with it goes its cursor: what it says is kept all the same. */
  private async keepOfNoDoor(batch: EventBatch): Promise<RecordedBatch> {
    const { doorId, epoch, letters = [] } = setAside(batch, 'unknown-door', 'The door is no more.');
    await this.letters.keep(
      null,
      letters.map((letter) => ({ ...letter, doorId, epoch })),
      new Date(),
    );
    const acknowledgedSequence = Math.max(...letters.map(({ sequence }) => sequence));
    return { acknowledgedSequence, missing: 0, refused: letters.length };
  }

  private async storeGroup(group: readonly EventBatch[]): Promise<readonly RecordedBatch[]> {
    await this.partitions.ensure(instantsOf(group));
    return this.dataSource.transaction(async (manager) => (await this.storeIn(manager, group)).outcomes);
  }

  private async storeIn(manager: EntityManager, group: readonly EventBatch[]): Promise<StoredGroup> {
    const stored = await this.store.store(manager, group);
    await this.alarms.apply(manager, stored.doors.flatMap(signalsOf));
    await this.alarms.considerDenials(manager, doorsOfDenials(stored), new Date());
    await this.webhooks.announce(manager, announcementsOf(stored));
    afterCommit(manager, () => this.tell(stored));
    return stored;
  }

  private tell({ access, doors }: StoredGroup): void {
    this.metrics.eventsStored('access', access.length);
    this.metrics.eventsStored('door', doors.length);
    if (access.length > 0) this.bus.send('events', { eventIds: access.map(({ id }) => id) });
    if (doors.length > 0) this.bus.send('doorEvents', { eventIds: doors.map(({ id }) => id) });
  }
}

/** An event that was set aside cannot be stored now either. */
class StillRefused extends Error {}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1_000);
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
