import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/** Places of one outbox that were given to events which the door no longer has and the server never got. */
@Entity({ name: 'event_gap' })
@Check('event_gap_forward', '"first_sequence" <= "last_sequence"')
export class EventGapRow {
  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'event_gap_pk' })
  @ForeignKey(() => Door, { name: 'event_gap_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'event_gap_pk' })
  epoch: string;

  @PrimaryColumn({ ...COUNT_COLUMN, name: 'first_sequence', primaryKeyConstraintName: 'event_gap_pk' })
  firstSequence: number;

  @Column({ ...COUNT_COLUMN, name: 'last_sequence' })
  lastSequence: number;

  @Column({ ...INSTANT_COLUMN, name: 'noticed_at' })
  noticedAt: Date;
}
