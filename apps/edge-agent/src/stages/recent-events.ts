import type { PushedEvent } from '@munjigi/contracts';
import type { EventStore } from '../ports/event-store';

const EVENTS_MAX = 100;

/**
 * Remembers the newest events of the door, those that are sent and deleted too, for whoever stands at it. What an earlier
 * run recorded is there as far as it is still in the outbox.
 */
export class RecentEvents {
  /** Oldest first. */
  readonly #events: PushedEvent[];

  constructor(store: Pick<EventStore, 'latest'>) {
    this.#events = readable(store);
  }

  /** Newest first. */
  get all(): PushedEvent[] {
    return [...this.#events].reverse();
  }

  get newest(): PushedEvent | null {
    return this.#events.at(-1) ?? null;
  }

  /** Something happened, and was written down. */
  note(event: PushedEvent): void {
    this.#events.push(event);
    if (this.#events.length > EVENTS_MAX) this.#events.shift();
  }
}

/** What cannot be shown must not keep a door from working: a damaged row, say. */
function readable(store: Pick<EventStore, 'latest'>): PushedEvent[] {
  try {
    return store.latest(EVENTS_MAX).reverse();
  } catch {
    return [];
  }
}
