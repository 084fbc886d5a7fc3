import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from './person.entity';

/** The picture of a face that a template was made of, with room around it: another model can make its own of it. */
@Entity({ name: 'enrolment_crop' })
@Index('enrolment_crop_person_idx', ['personId', 'id'])
export class EnrolmentCrop {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'enrolment_crop_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'person_id' })
  @ForeignKey(() => Person, { name: 'enrolment_crop_person_fk', onDelete: 'CASCADE' })
  personId: string;

  /** Sealed with the person's key, bound to this row. */
  @Column({ type: 'bytea', name: 'sealed_jpeg', select: false })
  sealedJpeg: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
