import type { PushedEvent } from '@munjigi/contracts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import type { EventDraft, EventStore, OutboxPosition } from '../../ports/event-store';
import { transact } from './database';
import { MetaTable } from './meta-table';

/** The outbox in SQLite: numbers without gaps, kept across kill -9 and loss of power. */
export class SqliteEventStore implements EventStore {
  readonly #database: DatabaseSyncInstance;
  readonly #meta: MetaTable;
  #position: OutboxPosition;

  constructor(database: DatabaseSyncInstance) {
    this.#database = database;
    this.#meta = new MetaTable(database);
    const epoch = this.#meta.get('epoch');
    this.#position = epoch
      ? { epoch, lastSequence: Number(this.#meta.get('last_sequence')) }
      : transact(database, () => this.#setPosition({ epoch: uuidV7(), lastSequence: 0 }));
  }

  get position(): OutboxPosition {
    return this.#position;
  }

  get waitingCount(): number {
    // Numbers have no gaps, and counting millions of rows would take a second.
    const { oldest } = this.#database.prepare('SELECT min(sequence) AS oldest FROM outbox').get() as {
      oldest: number | null;
    };
    return oldest === null ? 0 : this.#position.lastSequence - oldest + 1;
  }

  append<E extends PushedEvent>(draft: EventDraft<E>): E {
    const event = { ...draft, sequence: this.#position.lastSequence + 1 } as unknown as E;
    this.#position = transact(this.#database, () => {
      this.#insert(event);
      return this.#setPosition({ ...this.#position, lastSequence: event.sequence });
    });
    return event;
  }

  pending(countMax: number): PushedEvent[] {
    const rows = this.#database.prepare('SELECT event FROM outbox ORDER BY sequence LIMIT ?').all(countMax);
    return (rows as { event: string }[]).map((row) => JSON.parse(row.event) as PushedEvent);
  }

  acknowledge(throughSequence: number): void {
    this.#database.prepare('DELETE FROM outbox WHERE sequence <= ?').run(throughSequence);
  }

  beginEpoch(): OutboxPosition {
    const pending = this.pending(Number.MAX_SAFE_INTEGER);
    this.#position = transact(this.#database, () => {
      this.#database.exec('DELETE FROM outbox');
      pending.forEach((event, index) => this.#insert({ ...event, id: newEventId(), sequence: index + 1 }));
      return this.#setPosition({ epoch: uuidV7(), lastSequence: pending.length });
    });
    return this.#position;
  }

  #insert(event: PushedEvent): void {
    this.#database
      .prepare('INSERT INTO outbox (sequence, event) VALUES (?, ?)')
      .run(event.sequence, JSON.stringify(event));
  }

  #setPosition(position: OutboxPosition): OutboxPosition {
    this.#meta.set('epoch', position.epoch);
    this.#meta.set('last_sequence', String(position.lastSequence));
    return position;
  }
}

function newEventId(): PushedEvent['id'] {
  return uuidV7() as PushedEvent['id'];
}
