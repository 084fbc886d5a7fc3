import type { DeadLetterReason, PushedEvent } from '@munjigi/contracts';
import { AppError, type Issue } from '../../platform/errors/app-error';
import type { EventLink } from './event-link';

/** An event that is not going to be in the account, and why. */
export interface DeadLetterDraft {
  readonly sequence: number;
  readonly reason: DeadLetterReason;
  /** What exactly is wrong, for people. */
  readonly detail: string;
  /** As it came, JSON text. */
  readonly event: string;
}

/** A batch from one door's outbox, in sequence order. */
export interface EventBatch {
  readonly doorId: string;
  readonly epoch: string;
  readonly events: readonly PushedEvent[];
  /** Events that cannot be taken, to be set aside. None unless told. */
  readonly letters?: readonly DeadLetterDraft[];
  /** What events and letters say of their chain, in their order; none of a door that does not chain its events. */
  readonly links?: readonly EventLink[];
  /** Whether the batch begins with the oldest event that the door still has. */
  readonly startsAtOldest: boolean;
  /** Whether these are ahead of their turn: others before and between them are still with the door, and so they stay. */
  readonly overtakes?: boolean;
  /** Whether these events are stored although the door was told that it may forget them: they were set aside before. */
  readonly isRetry?: boolean;
}

/** Places that were given to events which the door no longer has and that never came. */
export interface Gap {
  readonly first: number;
  readonly last: number;
}

/** What became of a batch. */
export interface RecordedBatch {
  /** The door may forget this event and all before it. */
  readonly acknowledgedSequence: number;
  /** Events before and between these that the door no longer had and that never came; 0 as a rule. */
  readonly missing: number;
  /** Events that were set aside; 0 as a rule. */
  readonly refused: number;
}

/** The outbox that a batch is of, as a key of maps. */
export function outboxOf({ doorId, epoch }: Pick<EventBatch, 'doorId' | 'epoch'>): string {
  return `${doorId}/${epoch}`.toLowerCase();
}

/** The places that a batch brings something for, ascending. */
export function sequencesOf({ events, letters = [] }: EventBatch): number[] {
  return [...events, ...letters].map(({ sequence }) => sequence).sort((one, other) => one - other);
}

/** An event of a batch as it came, where that is known. */
export function receivedOf({ links }: EventBatch, event: PushedEvent): unknown {
  return links?.find(({ received }) => received.sequence === event.sequence)?.received ?? event;
}

/** An event that is to be set aside. @param received it as it came, where that is still known */
export function letterOf(
  event: PushedEvent,
  reason: DeadLetterReason,
  detail: string,
  received: unknown = event,
): DeadLetterDraft {
  return { sequence: event.sequence, reason, detail, event: JSON.stringify(received) };
}

/** @throws {AppError} `events/invalid` when the events do not come in the order of an outbox. */
export function refuseDisorder(events: readonly { readonly sequence: number }[]): void {
  const issues = events.flatMap(({ sequence }, index): Issue[] => {
    const previous = events[index - 1];
    if (!previous || sequence > previous.sequence) return [];
    return [{ path: `events.${index}.sequence`, message: 'must be above the one before it' }];
  });
  if (issues.length > 0)
    throw new AppError('invalid', 'events/invalid', 'The events do not come in their order.', { issues });
}

/** A batch in two parts that can be stored one after the other, or null when it holds one event at most. */
export function halvesOf(batch: EventBatch): [EventBatch, EventBatch] | null {
  const sequences = sequencesOf(batch);
  const middle = sequences[Math.floor(sequences.length / 2)];
  if (sequences.length < 2 || middle === undefined) return null;
  const { events, letters = [] } = batch;
  const part = (isIn: (sequence: number) => boolean): EventBatch => ({
    ...batch,
    events: events.filter(({ sequence }) => isIn(sequence)),
    letters: letters.filter(({ sequence }) => isIn(sequence)),
    links: batch.links?.filter(({ received: { sequence } }) => isIn(sequence)),
  });
  return [part((sequence) => sequence < middle), part((sequence) => sequence >= middle)];
}

/** A batch of which every event is set aside. */
export function setAside(batch: EventBatch, reason: DeadLetterReason, detail: string): EventBatch {
  const { events, letters = [] } = batch;
  return {
    ...batch,
    events: [],
    letters: [
      ...letters,
      ...events.map((event) => letterOf(event, reason, detail, receivedOf(batch, event))),
    ],
  };
}
