import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from './person.entity';

/** The key that everything biometric of one person is sealed with. Once this row is gone, none of it ever opens. */
@Entity({ name: 'person_key' })
@Index('person_key_master_idx', ['masterKeyId', 'personId'])
export class PersonKey {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'person_key_pk' })
  @ForeignKey(() => Person, { name: 'person_key_person_fk', onDelete: 'CASCADE' })
  personId: string;

  /** The master key that wrapped it. */
  @Column({ type: 'text', name: 'master_key_id' })
  masterKeyId: string;

  @Column({ type: 'bytea', name: 'wrapped_key', select: false })
  wrappedKey: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
