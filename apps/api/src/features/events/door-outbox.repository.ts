import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { OutboxEpochRow } from './door-outbox.presenter';

/** What is not as it should be with the doors' accounts. */
export interface Troubles {
  /** Events that nobody has seen to. */
  readonly deadLetters: number;
  readonly doorsWithGaps: number;
  /** Doors of which an event did not follow from the one before it. */
  readonly doorsBroken: number;
}

/** Reads how whole the doors' accounts are. */
@Injectable()
export class DoorOutboxRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The outboxes that a door has had, the newest first, a hundred at most. */
  epochsOf(doorId: string): Promise<OutboxEpochRow[]> {
    return this.dataSource.query<OutboxEpochRow[]>(EPOCHS, [doorId]);
  }

  /** What is not as it should be; of gaps, those that were noticed in these last days. */
  async troubles(days: number): Promise<Troubles> {
    const [row] = await this.dataSource.query<[Troubles]>(TROUBLES, [days]);
    return row;
  }
}

const EPOCHS = `
  SELECT cursor.*, lead(epoch) OVER (ORDER BY last_heard_at NULLS FIRST, epoch) IS NOT NULL AS is_ended,
    (SELECT count(*)::int FROM dead_letter AS letter
      WHERE letter.door_id = $1 AND letter.epoch = cursor.epoch AND state = 'open') AS dead_letters,
    (SELECT coalesce(sum(gap.last_sequence - gap.first_sequence + 1), 0) FROM event_gap AS gap
      WHERE gap.door_id = $1 AND gap.epoch = cursor.epoch) AS lost,
    (SELECT jsonb_build_object('sequence', sequence, 'at', signed_at, 'fingerprint', fingerprint)
      FROM event_checkpoint WHERE door_id = $1 AND epoch = cursor.epoch ORDER BY sequence DESC LIMIT 1) AS checkpoint,
    (SELECT coalesce(jsonb_agg(gap ORDER BY gap."firstSequence"), '[]') FROM (
      SELECT first_sequence AS "firstSequence", last_sequence AS "lastSequence", noticed_at AS "noticedAt"
      FROM event_gap WHERE door_id = $1 AND epoch = cursor.epoch ORDER BY first_sequence LIMIT 100) AS gap) AS gaps
  FROM event_cursor AS cursor WHERE door_id = $1
  ORDER BY last_heard_at DESC NULLS LAST, epoch DESC LIMIT 100`;

const TROUBLES = `
  SELECT (SELECT count(*)::int FROM dead_letter WHERE state = 'open') AS "deadLetters",
    (SELECT count(DISTINCT door_id)::int FROM event_gap WHERE noticed_at > now() - make_interval(days => $1))
      AS "doorsWithGaps",
    (SELECT count(DISTINCT door_id)::int FROM event_cursor WHERE chain_broken_sequence IS NOT NULL) AS "doorsBroken"`;
