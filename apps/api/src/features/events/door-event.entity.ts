import type { DoorEventKind } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/**
 * What happened to a door apart from visits, exactly once: told by the door, with its place in the door's outbox, or
 * noticed by the server, without one. Partitioned like the access events.
 */
@Entity({ name: 'door_event' })
@Check('door_event_place_whole', '("epoch" IS NULL) = ("sequence" IS NULL)')
@Index('door_event_place_key', ['doorId', 'epoch', 'sequence', 'occurredAt'], {
  unique: true,
  where: '"epoch" IS NOT NULL',
})
@Index('door_event_time_idx', ['occurredAt', 'id'])
@Index('door_event_door_time_idx', ['doorId', 'occurredAt', 'id'])
@Index('door_event_site_time_idx', ['siteId', 'occurredAt', 'id'])
export class StoredDoorEvent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'door_event_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'door_id' })
  @ForeignKey(() => Door, { name: 'door_event_door_fk', onDelete: 'RESTRICT' })
  doorId: string;

  /** Where the door stood then. */
  @Column({ type: 'uuid', name: 'site_id' })
  siteId: string;

  /** Null for what the server noticed. */
  @Column({ type: 'uuid', nullable: true })
  epoch: string | null;

  @Column({ ...COUNT_COLUMN, nullable: true })
  sequence: number | null;

  @Column({ type: 'text' })
  kind: DoorEventKind;

  @PrimaryColumn({ ...INSTANT_COLUMN, name: 'occurred_at', primaryKeyConstraintName: 'door_event_pk' })
  occurredAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'received_at' })
  receivedAt: Date;

  @Column({ type: 'double precision', name: 'monotonic_ms', nullable: true })
  monotonicMs: number | null;

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

  /** By kind, as in the wire's schema. */
  @Column({ type: 'jsonb' })
  details: Record<string, unknown>;
}
