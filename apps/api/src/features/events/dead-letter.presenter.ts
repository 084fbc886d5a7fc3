import type { deadLetterSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { DeadLetterRow } from './dead-letter.entity';

/** An event that was set aside, with its door's name of today. */
export interface DeadLetterRecord {
  readonly letter: DeadLetterRow;
  /** Null when the door is no more. */
  readonly doorName: string | null;
}

/** An event that was set aside as the wire has it. */
export function presentDeadLetter({ letter, doorName }: DeadLetterRecord): z.input<typeof deadLetterSchema> {
  const { settledAt, settledBy, settledNote } = letter;
  return {
    id: letter.id,
    door: { id: letter.doorId, name: doorName },
    siteId: letter.siteId,
    epoch: letter.epoch,
    sequence: letter.sequence,
    reason: letter.reason,
    detail: letter.detail,
    event: letter.event,
    receivedAt: letter.receivedAt.toISOString(),
    state: letter.state,
    settled:
      settledAt === null ? null : { by: settledBy ?? '', at: settledAt.toISOString(), note: settledNote },
  };
}
