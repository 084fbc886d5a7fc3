import type { Outcome, Reason } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/**
 * One visit at one door, exactly as the door recorded it, exactly once. The table is partitioned by the month of
 * `occurredAt`, so that every unique index contains it; that a place (door, epoch, sequence) is taken once whatever the
 * clock said is kept under the lock of its {@link EventCursor}.
 */
@Entity({ name: 'access_event' })
@Check('access_event_outcome_known', `"outcome" IN ('granted', 'denied')`)
@Index('access_event_place_key', ['doorId', 'epoch', 'sequence', 'occurredAt'], { unique: true })
@Index('access_event_time_idx', ['occurredAt', 'id'])
@Index('access_event_door_time_idx', ['doorId', 'occurredAt', 'id'])
@Index('access_event_site_time_idx', ['siteId', 'occurredAt', 'id'])
@Index('access_event_denied_time_idx', ['occurredAt', 'id'], { where: `"outcome" = 'denied'` })
@Index('access_event_denied_site_time_idx', ['siteId', 'occurredAt', 'id'], { where: `"outcome" = 'denied'` })
@Index('access_event_person_time_idx', ['personId', 'occurredAt', 'id'], { where: '"person_id" IS NOT NULL' })
@Index('access_event_picture_idx', ['doorId', 'pictureHash', 'occurredAt'], {
  where: '"picture_hash" IS NOT NULL',
})
export class StoredAccessEvent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'access_event_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'door_id' })
  @ForeignKey(() => Door, { name: 'access_event_door_fk', onDelete: 'RESTRICT' })
  doorId: string;

  /** Where the door stood then; not a foreign key: a door that moves leaves its history behind. */
  @Column({ type: 'uuid', name: 'site_id' })
  siteId: string;

  @Column({ type: 'uuid' })
  epoch: string;

  @Column({ ...COUNT_COLUMN })
  sequence: number;

  @PrimaryColumn({ ...INSTANT_COLUMN, name: 'occurred_at', primaryKeyConstraintName: 'access_event_pk' })
  occurredAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'received_at' })
  receivedAt: Date;

  @Column({ type: 'double precision', name: 'monotonic_ms' })
  monotonicMs: number;

  @Column({ type: 'double precision', name: 'clock_offset_ms', nullable: true })
  clockOffsetMs: number | null;

  @Column({ type: 'double precision', name: 'clock_error_ms', nullable: true })
  clockErrorMs: number | null;

  /** The hash of the event before it, 32 bytes; null of one that is not chained. */
  @Column({ type: 'bytea', name: 'previous_hash', nullable: true })
  previousHash: Buffer | null;

  /** What a chained event says beside: fields that this server does not know. */
  @Column({ type: 'jsonb', nullable: true })
  extra: Record<string, unknown> | null;

  /** SHA-256 of the picture that the door took; null where it took none. */
  @Column({ type: 'bytea', name: 'picture_hash', nullable: true })
  pictureHash: Buffer | null;

  @Column({ type: 'uuid', name: 'track_id' })
  trackId: string;

  @Column({ type: 'text' })
  outcome: Outcome;

  @Column({ type: 'text' })
  reason: Reason;

  /** Not a foreign key: the account outlives the person. */
  @Column({ type: 'uuid', name: 'person_id', nullable: true })
  personId: string | null;

  @Column({ type: 'double precision', nullable: true })
  similarity: number | null;

  @Column({ type: 'double precision', name: 'runner_up_similarity', nullable: true })
  runnerUpSimilarity: number | null;

  @Column({ type: 'double precision', name: 'similarity_min' })
  similarityMin: number;

  @Column({ type: 'real', nullable: true })
  quality: number | null;

  @Column({ type: 'real', nullable: true })
  liveness: number | null;

  @Column({ type: 'text', name: 'model_id' })
  modelId: string;

  @Column({ ...COUNT_COLUMN, name: 'applied_revision' })
  appliedRevision: number;
}
