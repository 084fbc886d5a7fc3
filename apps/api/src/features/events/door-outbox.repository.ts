import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OutboxEpochRow } from './door-outbox.presenter';

/** Reads how whole the doors' accounts are. */
@Injectable()
export class DoorOutboxRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The outboxes that a door has had, the newest first, a hundred at most. */
  epochsOf(doorId: string): Promise<OutboxEpochRow[]> {
    return this.dataSource.query<OutboxEpochRow[]>(EPOCHS, [doorId]);
  }

  /** How many events wait for somebody to see to them, and how many doors have lost some in these days. */
  async troubles(days: number): Promise<{ deadLetters: number; doorsWithGaps: number }> {
    const [row] = await this.dataSource.query<[{ deadLetters: number; doorsWithGaps: number }]>(TROUBLES, [
      days,
    ]);
    return row;
  }
}

const EPOCHS = `
  SELECT cursor.*, lead(epoch) OVER (ORDER BY last_heard_at NULLS FIRST, epoch) IS NOT NULL AS is_ended,
    (SELECT count(*)::int FROM dead_letter AS letter
      WHERE letter.door_id = $1 AND letter.epoch = cursor.epoch AND state = 'open') AS dead_letters,
    (SELECT coalesce(sum(gap.last_sequence - gap.first_sequence + 1), 0) FROM event_gap AS gap
      WHERE gap.door_id = $1 AND gap.epoch = cursor.epoch) AS lost,
    (SELECT coalesce(jsonb_agg(gap ORDER BY gap."firstSequence"), '[]') FROM (
      SELECT first_sequence AS "firstSequence", last_sequence AS "lastSequence", noticed_at AS "noticedAt"
      FROM event_gap WHERE door_id = $1 AND epoch = cursor.epoch ORDER BY first_sequence LIMIT 100) AS gap) AS gaps
  FROM event_cursor AS cursor WHERE door_id = $1
  ORDER BY last_heard_at DESC NULLS LAST, epoch DESC LIMIT 100`;

const TROUBLES = `
  SELECT (SELECT count(*)::int FROM dead_letter WHERE state = 'open') AS "deadLetters",
    (SELECT count(DISTINCT door_id)::int FROM event_gap WHERE noticed_at > now() - make_interval(days => $1))
      AS "doorsWithGaps"`;
