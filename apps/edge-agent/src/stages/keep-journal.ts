import type { Logger } from 'pino';
import type { Clock } from '../ports/clock';
import type { EventStore } from '../ports/event-store';
import type { Uplink } from '../ports/uplink-user';
import { recordOccurrence, type DoorOccurrence } from './record';

/** What a journal works with. */
export interface DoorJournalOptions {
  readonly clock: Clock;
  readonly events: EventStore;
  readonly uplink: Pick<Uplink, 'clockOffsetMs' | 'eventsWaiting'>;
  readonly log: Logger;
  /** Whether access was taken by a grant is known now. */
  readonly onAccess: (eventId: string, isTaken: boolean) => void;
}

/** Writes down what happens to the door apart from visits, so that the server hears of it even days later. */
export class DoorJournal {
  readonly #options: DoorJournalOptions;

  constructor(options: DoorJournalOptions) {
    this.#options = options;
  }

  /** Writes it to the outbox. @returns whether it could be: what cannot be written is in the log alone */
  note(occurrence: DoorOccurrence): boolean {
    const { clock, events, uplink, log, onAccess } = this.#options;
    log.info({ ...occurrence }, 'door event');
    if (occurrence.kind === 'access-taken' || occurrence.kind === 'access-not-taken')
      onAccess(occurrence.eventId, occurrence.kind === 'access-taken');
    try {
      recordOccurrence(occurrence, { clock, events, clockOffsetMs: uplink.clockOffsetMs });
    } catch (error) {
      log.error({ err: error, kind: occurrence.kind }, 'door event not recorded');
      return false;
    }
    uplink.eventsWaiting();
    return true;
  }
}
