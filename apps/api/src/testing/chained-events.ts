import { chainStart, hashOfEvent } from '../features/events/event-link';

/** A door's events, each with the hash of the one before it, as an agent makes them. */
export function chained(epoch: string, events: readonly { readonly sequence: number }[], before?: string) {
  let previousHash = before ?? chainStart(epoch, events[0]?.sequence ?? 1);
  const made = events.map((event) => {
    const linked = { ...event, previousHash };
    previousHash = hashOfEvent(epoch, linked);
    return linked;
  });
  return { events: made, hash: previousHash };
}
