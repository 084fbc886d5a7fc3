import type { PushedEvent } from '@munjigi/contracts';
import { AppError, type Issue } from '../../platform/errors/app-error';

/** A batch from one door's outbox, in sequence order. */
export interface EventBatch {
  readonly doorId: string;
  readonly epoch: string;
  readonly events: readonly PushedEvent[];
  /** Whether the batch begins with the oldest event that the door still has. */
  readonly startsAtOldest: boolean;
}

/** What became of a batch. */
export interface RecordedBatch {
  /** The door may forget this event and all before it. */
  readonly acknowledgedSequence: number;
  /** Events before this batch that the door no longer had and that never came; 0 as a rule. */
  readonly missing: number;
}

/** What PostgreSQL's timestamps and people's calendars both hold. */
const YEAR_MIN = 1970;
const YEAR_MAX = 9998;

/** The outbox that a batch is of, as a key of maps. */
export function outboxOf({ doorId, epoch }: Pick<EventBatch, 'doorId' | 'epoch'>): string {
  return `${doorId}/${epoch}`.toLowerCase();
}

/** @throws {AppError} `events/invalid` that names the events which cannot be stored. */
export function refuseUnstorable(events: readonly PushedEvent[]): void {
  const issues = events.flatMap((event, index): Issue[] => {
    const previous = events[index - 1];
    const year = new Date(event.occurredAt).getUTCFullYear();
    if (!(year >= YEAR_MIN && year <= YEAR_MAX)) {
      return [{ path: `events.${index}.occurredAt`, message: `must be from ${YEAR_MIN} to ${YEAR_MAX}` }];
    }
    if (previous && event.sequence <= previous.sequence) {
      return [{ path: `events.${index}.sequence`, message: 'must be above the one before it' }];
    }
    return [];
  });
  if (issues.length > 0)
    throw new AppError('invalid', 'events/invalid', 'Some events cannot be stored.', { issues });
}

/** The refusal of a batch that contradicts what is stored. @param indexes of the events that do */
export function conflictOf(indexes: readonly number[]): AppError {
  const issues = indexes.map((index) => ({
    path: `events.${index}`,
    message: 'another event has this id or this sequence',
  }));
  return new AppError(
    'conflict',
    'events/conflict',
    'Some events contradict what is stored; none was stored.',
    { issues },
  );
}
