import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** Someone who may sign in to the console. */
@Entity({ name: 'administrator' })
export class Administrator {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'administrator_pk' })
  id: string;

  /** Lower case. */
  @Column({ type: 'text' })
  @Index('administrator_email_key', { unique: true })
  email: string;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  /** argon2id, in its own encoding; null until the invitation was accepted. */
  @Column({ type: 'text', name: 'password_hash', select: false, nullable: true })
  passwordHash: string | null;

  /** SHA-256 of the token that lets its holder set the password; null when no invitation is open. */
  @Column({ type: 'bytea', name: 'invitation_hash', select: false, nullable: true })
  @Index('administrator_invitation_key', { unique: true })
  invitationHash: Buffer | null;

  @Column({ ...INSTANT_COLUMN, name: 'invitation_expires_at', nullable: true })
  invitationExpiresAt: Date | null;

  /** Since when they may not sign in; null: they may. */
  @Column({ ...INSTANT_COLUMN, name: 'suspended_at', nullable: true })
  suspendedAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'last_sign_in_at', nullable: true })
  lastSignInAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
