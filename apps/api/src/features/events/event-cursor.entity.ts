import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/** How far one life of one door's outbox is stored. Its row is the lock under which a door's events are written. */
@Entity({ name: 'event_cursor' })
export class EventCursor {
  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'event_cursor_pk' })
  @ForeignKey(() => Door, { name: 'event_cursor_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'event_cursor_pk' })
  epoch: string;

  /** Highest sequence that is stored with all before it, or with all that the door still had. */
  @Column({ ...COUNT_COLUMN, name: 'acknowledged_sequence' })
  acknowledgedSequence: number;

  /** Highest sequence that was ever stored: a place above it is free, one at or under it may be taken. */
  @Column({ ...COUNT_COLUMN, name: 'highest_sequence' })
  highestSequence: number;

  /** The last sequence that the door said it had given; 0 where it never said. */
  @Column({ ...COUNT_COLUMN, name: 'announced_sequence', default: 0 })
  announcedSequence: number;

  /** The hash of the last acknowledged event, 32 bytes; null when it is not chained. */
  @Column({ type: 'bytea', name: 'chain_hash', nullable: true })
  chainHash: Buffer | null;

  @Column({ ...COUNT_COLUMN, name: 'chain_first_sequence', nullable: true })
  chainFirstSequence: number | null;

  /** The first event that did not follow from the one before it. */
  @Column({ ...COUNT_COLUMN, name: 'chain_broken_sequence', nullable: true })
  chainBrokenSequence: number | null;

  /** When the door first and last said hello with this outbox; null where that was before it was noted. */
  @Column({ ...INSTANT_COLUMN, name: 'first_heard_at', nullable: true })
  firstHeardAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'last_heard_at', nullable: true })
  lastHeardAt: Date | null;
}
