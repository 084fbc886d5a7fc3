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

  /** argon2id, in its own encoding. */
  @Column({ type: 'text', name: 'password_hash', select: false })
  passwordHash: string;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
