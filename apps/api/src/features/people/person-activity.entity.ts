import { Entity, Column, ForeignKey, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from './person.entity';

/** When a door last let a person in. Brought up to date at intervals: events are many, and idleness counts in days. */
@Entity({ name: 'person_activity' })
export class PersonActivity {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'person_activity_pk' })
  @ForeignKey(() => Person, { name: 'person_activity_person_fk', onDelete: 'CASCADE' })
  personId: string;

  @Column({ ...INSTANT_COLUMN, name: 'last_granted_at' })
  lastGrantedAt: Date;
}
