import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../../platform/database/uuid';
import type { DeadLetterDraft, EventBatch } from './event-batch';

/** What is kept of an event at most, UTF-16 units: whoever looks for a mistake needs no more. */
const EVENT_LENGTH_MAX = 64 * 1024;

/** An event that is set aside, and the outbox that it came from. */
export type DeadLetter = DeadLetterDraft & Pick<EventBatch, 'doorId' | 'epoch'>;

/** Keeps what could not be taken into the account: each once, however often it is sent. */
@Injectable()
export class DeadLetters {
  constructor(private readonly dataSource: DataSource) {}

  /** Keeps these in the caller's transaction, or in one of their own. */
  async keep(manager: EntityManager | null, letters: readonly DeadLetter[], at: Date): Promise<void> {
    if (letters.length === 0) return;
    const rows = letters.map(({ event, ...letter }) => ({
      ...letter,
      id: newId(),
      digest: createHash('sha256').update(event).digest('hex'),
      event: event.slice(0, EVENT_LENGTH_MAX),
    }));
    await (manager ?? this.dataSource.manager).query(KEEP, [at, JSON.stringify(rows)]);
  }
}

const KEEP = `
  INSERT INTO dead_letter (id, door_id, site_id, epoch, sequence, digest, reason, detail, event, received_at, state)
  SELECT letter.id, "doorId", door.site_id, letter.epoch, sequence, decode(digest, 'hex'), reason, detail, event, $1,
    'open'
  FROM jsonb_to_recordset($2::jsonb) AS letter (id uuid, "doorId" uuid, epoch uuid, sequence bigint, digest text,
    reason text, detail text, event text)
  LEFT JOIN door ON door.id = letter."doorId"
  ON CONFLICT (door_id, epoch, sequence, digest) DO NOTHING`;
