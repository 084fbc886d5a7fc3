import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Person } from '../people/person.entity';

/** A link with which somebody enrols their own face, once. A person has one at most. */
@Entity({ name: 'enrolment_invitation' })
@Unique('enrolment_invitation_token_uq', ['tokenHash'])
@Check('enrolment_invitation_looks_counted', 'looks >= 0')
export class EnrolmentInvitationRow {
  @PrimaryColumn({ type: 'uuid', name: 'person_id', primaryKeyConstraintName: 'enrolment_invitation_pk' })
  @ForeignKey(() => Person, { name: 'enrolment_invitation_person_fk', onDelete: 'CASCADE' })
  personId: string;

  @Column({ type: 'bytea', name: 'token_hash' })
  tokenHash: Buffer;

  /** Who invited, as they were called then. */
  @Column({ type: 'text', name: 'invited_by' })
  invitedBy: string;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'expires_at' })
  expiresAt: Date;

  /** How many pictures were looked at so far. */
  @Column({ type: 'integer' })
  looks: number;
}
