import type { PushedEvent } from '@munjigi/contracts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import type { EventDraft, EventStore, OutboxPosition } from '../../ports/event-store';
import { transact } from './database';
import { MetaTable } from './meta-table';

/** So many acknowledged events are deleted at once: more would hold up what else the door does. */
const DELETED_AT_ONCE = 500;
const DELETE_PAUSE_MS = 20;

/** The outbox in SQLite: numbers without gaps, kept across kill -9 and loss of power. */
export class SqliteEventStore implements EventStore {
  readonly #database: DatabaseSyncInstance;
  readonly #meta: MetaTable;
  #position: OutboxPosition;
  /** What is at or under it is as good as deleted. */
  #acknowledged = 0;
  #deleting: NodeJS.Timeout | undefined;

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
    if (oldest === null) return 0;
    return this.#position.lastSequence - Math.max(oldest - 1, this.#acknowledged);
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
    const rows = this.#database
      .prepare('SELECT event FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?')
      .all(this.#acknowledged, countMax);
    return (rows as { event: string }[]).map((row) => JSON.parse(row.event) as PushedEvent);
  }

  acknowledge(throughSequence: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, throughSequence);
    this.#deleteSome();
  }

  beginEpoch(): OutboxPosition {
    clearTimeout(this.#deleting);
    this.#position = transact(this.#database, () => {
      this.#database.prepare('DELETE FROM outbox WHERE sequence <= ?').run(this.#acknowledged);
      return this.#setPosition({ epoch: uuidV7(), lastSequence: this.#renumber() });
    });
    this.#acknowledged = 0;
    return this.#position;
  }

  /** Ends what goes on in the background. */
  close(): void {
    clearTimeout(this.#deleting);
  }

  /** Deletes some of what is acknowledged; the rest, if any, a little later. A process that ends before asks anew. */
  #deleteSome(): void {
    clearTimeout(this.#deleting);
    const { changes } = this.#database
      .prepare(
        `DELETE FROM outbox WHERE sequence IN
           (SELECT sequence FROM outbox WHERE sequence <= ? ORDER BY sequence LIMIT ?)`,
      )
      .run(this.#acknowledged, DELETED_AT_ONCE);
    if (changes < DELETED_AT_ONCE) return;
    this.#deleting = setTimeout(() => {
      try {
        this.#deleteSome();
      } catch {
        // The disk is too full even to delete: the next acknowledgement tries again.
      }
    }, DELETE_PAUSE_MS).unref();
  }

  /** Numbers what is left from 1 on, under new ids, without ever holding all of it. @returns how many there are */
  #renumber(): number {
    const next = this.#database.prepare(
      'SELECT sequence, event FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT 1',
    );
    const update = this.#database.prepare('UPDATE outbox SET sequence = ?, event = ? WHERE sequence = ?');
    let sequence = 0;
    let row = next.get(0) as { sequence: number; event: string } | undefined;
    while (row) {
      // A new number is never above the old one, so that it is free.
      sequence += 1;
      const event = { ...(JSON.parse(row.event) as PushedEvent), id: newEventId(), sequence };
      update.run(sequence, JSON.stringify(event), row.sequence);
      row = next.get(row.sequence) as typeof row;
    }
    return sequence;
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
