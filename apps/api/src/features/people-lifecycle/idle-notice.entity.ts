import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from '../people/person.entity';

/** That a person will be suspended for not having been seen. */
@Entity({ name: 'idle_notice' })
export class IdleNotice {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'idle_notice_pk' })
  @ForeignKey(() => Person, { name: 'idle_notice_person_fk', onDelete: 'CASCADE' })
  personId: string;

  @Column({ ...INSTANT_COLUMN, name: 'noticed_at' })
  noticedAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'due_at' })
  @Index('idle_notice_due_idx')
  dueAt: Date;
}
