import type { PushedEvent } from '@munjigi/contracts';
import type { Logger } from 'pino';
import type { EventDraft, EventStore } from '../ports/event-store';

/** What an event book works with. */
export interface EventBookOptions {
  readonly events: Pick<EventStore, 'append'>;
  /** Makes room where the disk is full. @returns whether there is some now */
  readonly makeRoom: () => boolean;
  /** Something that was held is written now. */
  readonly onWritten: () => void;
  /** An event was written. */
  readonly onAppended?: (event: PushedEvent) => void;
  readonly log: Logger;
  /** So many events are held at most. Default 10,000. */
  readonly heldMax?: number;
}

/**
 * Writes events to the outbox, in the order in which they happened, on a disk that may be full: what need not be on the
 * disk before anything follows from it is held in memory until it can be written.
 */
export class EventBook {
  readonly #options: EventBookOptions;
  #held: EventDraft[] = [];
  #lost = 0;

  constructor(options: EventBookOptions) {
    this.#options = options;
  }

  /** Events that wait to be written. */
  get heldCount(): number {
    return this.#held.length;
  }

  /** Writes an event, after those that are held. @throws when it cannot be written: nothing may follow from it */
  append<E extends PushedEvent>(draft: EventDraft<E>): E {
    this.#writeHeld();
    return this.#write(draft);
  }

  /** Writes an event, or holds it. @returns the event; null when it is held */
  appendOrHold<E extends PushedEvent>(draft: EventDraft<E>): E | null {
    try {
      return this.append(draft);
    } catch (error) {
      this.#hold(draft, error);
      return null;
    }
  }

  /** Tries again to write what is held. */
  retry(): void {
    if (this.#held.length === 0) return;
    try {
      this.#writeHeld();
    } catch {
      // It is still held, and was told of.
    }
  }

  #write<E extends PushedEvent>(draft: EventDraft<E>): E {
    const event = this.#appended(draft);
    this.#options.onAppended?.(event);
    return event;
  }

  #appended<E extends PushedEvent>(draft: EventDraft<E>): E {
    const { events, makeRoom } = this.#options;
    try {
      return events.append(draft);
    } catch (error) {
      if (!isOfDisk(error) || !makeRoom()) throw error;
      return events.append(draft);
    }
  }

  #writeHeld(): void {
    const { log, onWritten } = this.#options;
    const { length } = this.#held;
    if (length === 0) return;
    for (let draft = this.#held[0]; draft; draft = this.#held[0]) {
      this.#write(draft);
      this.#held.shift();
    }
    log.info({ events: length, lost: this.#lost }, 'held events are written');
    this.#lost = 0;
    onWritten();
  }

  #hold(draft: EventDraft, error: unknown): void {
    const { log, heldMax = 10_000 } = this.#options;
    if (this.#held.length < heldMax) this.#held.push(draft);
    else this.#lost += 1;
    if (this.#held.length === 1 || this.#lost === 1)
      log.error({ err: error, held: this.#held.length, lost: this.#lost }, 'event cannot be written, held');
  }
}

/** Whether it is the disk that is in the way: SQLITE_FULL, or a write that failed (SQLITE_IOERR). */
function isOfDisk(error: unknown): boolean {
  const { errcode, message = '' } = error as { errcode?: number; message?: string };
  return (errcode !== undefined && [10, 13].includes(errcode & 0xff)) || /disk|full/i.test(message);
}
