import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from './person.entity';

/** The small picture of a person's face that the console shows. */
@Entity({ name: 'portrait' })
export class Portrait {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'portrait_pk' })
  @ForeignKey(() => Person, { name: 'portrait_person_fk', onDelete: 'CASCADE' })
  personId: string;

  /** The JPEG, sealed and bound to the person. */
  @Column({ type: 'bytea', name: 'sealed_jpeg', select: false })
  sealedJpeg: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
