import type { Logger } from 'pino';
import type { Clock } from '../ports/clock';
import type { Uplink } from '../ports/uplink-user';
import type { EventBook } from './event-book';
import { occurrenceDraft, type DoorOccurrence } from './record';

/** What a journal works with. */
export interface DoorJournalOptions {
  readonly clock: Clock;
  readonly events: Pick<EventBook, 'append' | 'appendOrHold'>;
  readonly uplink: Pick<Uplink, 'clockOffsetMs' | 'clockErrorMs' | 'eventsWaiting'>;
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

  /**
   * Writes it to the outbox, or holds it until it can be written; but what an operator asks for is written or not done.
   *
   * @returns whether it is written or held
   */
  note(occurrence: DoorOccurrence): boolean {
    const { clock, events, uplink, log, onAccess } = this.#options;
    log.info({ ...occurrence }, 'door event');
    if (occurrence.kind === 'access-taken' || occurrence.kind === 'access-not-taken')
      onAccess(occurrence.eventId, occurrence.kind === 'access-taken');
    const { clockOffsetMs, clockErrorMs } = uplink;
    const draft = occurrenceDraft(occurrence, { clock, clockOffsetMs, clockErrorMs });
    try {
      const event = occurrence.kind === 'remote-unlock' ? events.append(draft) : events.appendOrHold(draft);
      log.info({ id: draft.id, sequence: event?.sequence ?? null, kind: draft.kind }, 'door event recorded');
    } catch (error) {
      log.error({ err: error, kind: occurrence.kind }, 'door event not recorded');
      return false;
    }
    uplink.eventsWaiting();
    return true;
  }
}
