import type { PushedEvent } from '@munjigi/contracts';
import { walkChain, type ChainHead } from './chain-walk';
import {
  letterOf,
  outboxOf,
  receivedOf,
  sequencesOf,
  type DeadLetterDraft,
  type EventBatch,
  type Gap,
} from './event-batch';
import type { Cursor } from './event-cursors';

/** An event that is stored already. */
export interface Place {
  readonly id: string;
  readonly door_id: string;
  readonly epoch: string | null;
  readonly sequence: string | null;
}

/** What is to be done with a batch. */
export interface BatchPlan {
  readonly fresh: readonly PushedEvent[];
  readonly letters: readonly DeadLetterDraft[];
  /** Places that are going to be acknowledged although nothing came for them; some may be stored already. */
  readonly gaps: readonly Gap[];
  readonly moved: Cursor;
}

/** The events that hold an id or a place of a group. */
export class StoredPlaces {
  private readonly byId = new Map<string, Place>();
  private readonly byPlace = new Map<string, string>();

  add(place: Place): void {
    this.byId.set(place.id, place);
    if (place.epoch !== null && place.sequence !== null)
      this.byPlace.set(placeKey(place.door_id, place.epoch, Number(place.sequence)), place.id);
  }

  /** Who holds the place or the id of an event; null when nobody does. */
  taken(batch: EventBatch, event: PushedEvent): 'by-itself' | 'by-another' | null {
    const id = event.id.toLowerCase();
    const holder = this.byPlace.get(placeKey(batch.doorId, batch.epoch, event.sequence));
    if (holder !== undefined) return holder === id ? 'by-itself' : 'by-another';
    return this.byId.has(id) ? 'by-another' : null;
  }
}

/** What is to be stored of a batch, what set aside, and how far its outbox is acknowledged then. */
export function planBatch(batch: EventBatch, cursor: Cursor, stored: StoredPlaces): BatchPlan {
  const letters = [...(batch.letters ?? [])];
  const fresh: PushedEvent[] = [];
  const ids = new Set<string>();
  for (const event of batch.events) {
    const taken = ids.has(event.id.toLowerCase()) ? 'by-another' : stored.taken(batch, event);
    ids.add(event.id.toLowerCase());
    if (taken === 'by-another') letters.push(letterOf(event, 'conflict', CONFLICT, receivedOf(batch, event)));
    // What is acknowledged and no longer there has been removed since; it does not come back.
    else if (taken === null && (batch.isRetry || event.sequence > cursor.acknowledged)) fresh.push(event);
  }
  const sequences = sequencesOf(batch);
  const first = sequences[0] ?? 1;
  const last = sequences.at(-1) ?? 0;
  const highest = Math.max(cursor.highest, last);
  // Something before or between is still with the door: keep this, and let the door keep it too until that has come.
  const held = batch.overtakes === true || (first > cursor.acknowledged + 1 && !batch.startsAtOldest);
  if (held || batch.isRetry) return { fresh, letters, gaps: [], moved: { ...cursor, highest } };
  const acknowledged = Math.max(cursor.acknowledged, last);
  const gaps = gapsOf(cursor.acknowledged, sequences);
  const chain = chainAfter(batch, cursor);
  return { fresh, letters, gaps, moved: { ...cursor, acknowledged, highest, chain } };
}

/** How far the chain is known once a batch is acknowledged; what was acknowledged before it was walked then. */
function chainAfter({ epoch, events, links }: EventBatch, { acknowledged, chain }: Cursor): ChainHead {
  // Of a door that does not chain its events nothing is kept.
  if (!links) return events.length === 0 ? chain : { ...chain, hash: null };
  const next = links.filter(({ received }) => received.sequence > acknowledged);
  return walkChain(chain, { epoch, acknowledged }, next);
}

const CONFLICT = 'Another event has its id or its place.';

/** What is missing between the last acknowledged and these. */
function gapsOf(acknowledged: number, sequences: readonly number[]): Gap[] {
  const gaps: Gap[] = [];
  let expected = acknowledged + 1;
  for (const sequence of sequences) {
    if (sequence > expected) gaps.push({ first: expected, last: sequence - 1 });
    expected = Math.max(expected, sequence + 1);
  }
  return gaps;
}

function placeKey(doorId: string, epoch: string, sequence: number): string {
  return `${outboxOf({ doorId, epoch })}/${sequence}`;
}
