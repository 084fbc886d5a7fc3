import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN } from '../../platform/database/columns';
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
}
