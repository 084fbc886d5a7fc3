import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from '../people/person.entity';

/** From when on it is unknown where a person is, whatever they passed before. */
@Entity({ name: 'passback_pardon' })
export class PassbackPardon {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'passback_pardon_pk' })
  @ForeignKey(() => Person, { name: 'passback_pardon_person_fk', onDelete: 'CASCADE' })
  personId: string;

  @Column({ ...INSTANT_COLUMN, name: 'pardoned_at' })
  pardonedAt: Date;
}
