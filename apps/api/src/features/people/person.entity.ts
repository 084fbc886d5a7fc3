import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';

/** Someone who may be recognised. */
@Entity({ name: 'person' })
@Index('person_name_idx', ['name', 'id'])
export class Person {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'person_pk' })
  id: string;

  /** Unicode NFC, so that the same name is the same text wherever it was typed. */
  @Column({ type: 'text', collation: 'und-x-icu' })
  name: string;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
