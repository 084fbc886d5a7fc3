import { createHash } from 'node:crypto';
import { chainStartText, eventChainText, type PushedEvent } from '@munjigi/contracts';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import { isUrgent } from '../../domain/urgent';
import type { EventDraft, EventStore, OutboxPosition } from '../../ports/event-store';
import { transact } from './database';
import { MetaTable } from './meta-table';

/** So many acknowledged events are deleted at once: more would hold up what else the door does. */
const DELETED_AT_ONCE = 500;
const DELETE_PAUSE_MS = 20;

/**
 * The outbox in SQLite: numbers without gaps, each event with the hash of the one before it, kept across kill -9 and loss
 * of power.
 */
export class SqliteEventStore implements EventStore {
  readonly #database: DatabaseSyncInstance;
  readonly #meta: MetaTable;
  #position: OutboxPosition;
  /** What is at or under it is as good as deleted. */
  #acknowledged = 0;
  #deleting: NodeJS.Timeout | undefined;
  #chainHash: string | null;

  constructor(database: DatabaseSyncInstance) {
    this.#database = database;
    this.#meta = new MetaTable(database);
    const epoch = this.#meta.get('epoch');
    this.#position = epoch
      ? { epoch, lastSequence: Number(this.#meta.get('last_sequence')) }
      : transact(database, () => this.#setPosition({ epoch: uuidV7(), lastSequence: 0 }));
    this.#chainHash = this.#meta.get('chain_hash');
  }

  get chainHash(): string | null {
    return this.#chainHash;
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
    const { epoch, lastSequence } = this.#position;
    const event = { ...draft, sequence: lastSequence + 1 } as unknown as E;
    const { chained, hash } = linked(epoch, event, this.#chainHash);
    this.#position = transact(this.#database, () => {
      this.#insert(chained);
      if (isUrgent(chained))
        this.#database.prepare('INSERT INTO urgent (sequence) VALUES (?)').run(chained.sequence);
      this.#meta.set('chain_hash', hash);
      return this.#setPosition({ epoch, lastSequence: event.sequence });
    });
    this.#chainHash = hash;
    return chained;
  }

  pending(countMax: number): PushedEvent[] {
    const rows = this.#database
      .prepare('SELECT event FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT ?')
      .all(this.#acknowledged, countMax);
    return (rows as { event: string }[]).map((row) => JSON.parse(row.event) as PushedEvent);
  }

  urgent(after: number, countMax: number): PushedEvent[] {
    const rows = this.#database
      .prepare(
        `SELECT event FROM urgent JOIN outbox USING (sequence) WHERE urgent.sequence > ?
         ORDER BY urgent.sequence LIMIT ?`,
      )
      .all(Math.max(after, this.#acknowledged), countMax);
    return (rows as { event: string }[]).map((row) => JSON.parse(row.event) as PushedEvent);
  }

  overtook(throughSequence: number): void {
    this.#database.prepare('DELETE FROM urgent WHERE sequence <= ?').run(throughSequence);
  }

  latest(countMax: number): PushedEvent[] {
    const rows = this.#database
      .prepare('SELECT event FROM outbox ORDER BY sequence DESC LIMIT ?')
      .all(countMax);
    return (rows as { event: string }[]).map((row) => JSON.parse(row.event) as PushedEvent);
  }

  acknowledge(throughSequence: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, throughSequence);
    this.#deleteSome();
  }

  beginEpoch(): OutboxPosition {
    clearTimeout(this.#deleting);
    const epoch = uuidV7();
    const { position, hash } = transact(this.#database, () => {
      this.#database.prepare('DELETE FROM outbox WHERE sequence <= ?').run(this.#acknowledged);
      this.overtook(this.#acknowledged);
      const { lastSequence, hash: last } = this.#renumber(epoch);
      if (last === null) this.#meta.delete('chain_hash');
      else this.#meta.set('chain_hash', last);
      return { position: this.#setPosition({ epoch, lastSequence }), hash: last };
    });
    [this.#position, this.#chainHash, this.#acknowledged] = [position, hash, 0];
    return position;
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
    if (changes < DELETED_AT_ONCE) {
      this.overtook(this.#acknowledged);
      return;
    }
    this.#deleting = setTimeout(() => {
      try {
        this.#deleteSome();
      } catch {
        // The disk is too full even to delete: the next acknowledgement tries again.
      }
    }, DELETE_PAUSE_MS).unref();
  }

  /** Numbers what is left from 1 on, under new ids and in a chain of its own, without ever holding all of it. */
  #renumber(epoch: string): { lastSequence: number; hash: string | null } {
    const next = this.#database.prepare(
      'SELECT sequence, event FROM outbox WHERE sequence > ? ORDER BY sequence LIMIT 1',
    );
    const update = this.#database.prepare('UPDATE outbox SET sequence = ?, event = ? WHERE sequence = ?');
    const updateUrgent = this.#database.prepare('UPDATE urgent SET sequence = ? WHERE sequence = ?');
    let [lastSequence, before]: [number, string | null] = [0, null];
    let row = next.get(0) as { sequence: number; event: string } | undefined;
    while (row) {
      // A new number is never above the old one, so that it is free.
      lastSequence += 1;
      const event = { ...(JSON.parse(row.event) as PushedEvent), id: newEventId(), sequence: lastSequence };
      const { chained, hash }: Linked<PushedEvent> = linked(epoch, event, before);
      update.run(lastSequence, JSON.stringify(chained), row.sequence);
      updateUrgent.run(lastSequence, row.sequence);
      before = hash;
      row = next.get(row.sequence) as typeof row;
    }
    return { lastSequence, hash: before };
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

/** An event that follows from the one before it, and its own hash. */
interface Linked<E extends PushedEvent> {
  readonly chained: E;
  readonly hash: string;
}

/** An event with the hash of the one before it, and its own. @param before null: the chain begins with it */
function linked<E extends PushedEvent>(epoch: string, event: E, before: string | null): Linked<E> {
  const previousHash = before ?? hashOf(chainStartText(epoch, event.sequence));
  const chained = { ...event, previousHash };
  return { chained, hash: hashOf(eventChainText(epoch, chained)) };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function newEventId(): PushedEvent['id'] {
  return uuidV7() as PushedEvent['id'];
}
