import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { EventBatch, Gap } from './event-batch';

/** Notes which events of doors will never come. */
@Injectable()
export class EventGaps {
  /**
   * Notes gaps of one outbox whose cursor is locked, but for what of them is stored: events may have overtaken what was
   * lost.
   *
   * @returns how many events are missing
   */
  async note(
    manager: EntityManager,
    { doorId, epoch }: Pick<EventBatch, 'doorId' | 'epoch'>,
    gaps: readonly Gap[],
    at: Date,
  ): Promise<number> {
    let missing = 0;
    for (const { first, last } of gaps) {
      const rows = await manager.query<{ sequence: string }[]>(STORED, [doorId, epoch, first, last]);
      const left = without(
        { first, last },
        rows.map(({ sequence }) => Number(sequence)),
      );
      for (const gap of left) {
        await manager.query(INSERT, [doorId, epoch, gap.first, gap.last, at]);
        missing += gap.last - gap.first + 1;
      }
    }
    return missing;
  }
}

/** The parts of a gap between these places, ascending. */
function without({ first, last }: Gap, stored: readonly number[]): Gap[] {
  const parts: Gap[] = [];
  let from = first;
  for (const sequence of [...stored, last + 1]) {
    if (sequence > from) parts.push({ first: from, last: sequence - 1 });
    from = sequence + 1;
  }
  return parts;
}

const STORED = `
  SELECT sequence FROM access_event WHERE door_id = $1 AND epoch = $2 AND sequence BETWEEN $3 AND $4
  UNION SELECT sequence FROM door_event WHERE door_id = $1 AND epoch = $2 AND sequence BETWEEN $3 AND $4
  UNION SELECT sequence FROM dead_letter WHERE door_id = $1 AND epoch = $2 AND sequence BETWEEN $3 AND $4
  ORDER BY sequence`;

const INSERT = `
  INSERT INTO event_gap (door_id, epoch, first_sequence, last_sequence, noticed_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT DO NOTHING`;
