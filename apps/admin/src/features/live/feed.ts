import type { AccessEvent } from '@munjigi/contracts';

/** Events that the live feed keeps. */
export const FEED_LENGTH_MAX = 60;

/**
 * Joins two lists of events into one: each event once, newest first, at most `lengthMax`.
 *
 * An event may come twice, by request and as a message, in either order; its id tells.
 */
export function mergeFeed(
  current: readonly AccessEvent[],
  incoming: readonly AccessEvent[],
  lengthMax: number = FEED_LENGTH_MAX,
): AccessEvent[] {
  const byId = new Map([...current, ...incoming].map((event) => [event.id, event]));
  return [...byId.values()].sort(newestFirst).slice(0, lengthMax);
}

function newestFirst(a: AccessEvent, b: AccessEvent): number {
  const byTime = Date.parse(b.occurredAt) - Date.parse(a.occurredAt);
  if (byTime !== 0) return byTime;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
