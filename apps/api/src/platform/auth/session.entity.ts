import type { SignInMethod } from '@munjigi/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';
import { Administrator } from './administrator.entity';

/** One sign-in. The cookie carries a random token; only its hash is kept. */
@Entity({ name: 'session' })
export class Session {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'session_pk' })
  id: string;

  /** SHA-256 of the token. */
  @Column({ type: 'bytea', name: 'token_hash' })
  @Index('session_token_hash_key', { unique: true })
  tokenHash: Buffer;

  @Column({ type: 'uuid', name: 'administrator_id' })
  @ForeignKey(() => Administrator, { name: 'session_administrator_fk', onDelete: 'CASCADE' })
  @Index('session_administrator_idx')
  administratorId: string;

  @Column({ type: 'text' })
  method: SignInMethod;

  @Column({ type: 'text', nullable: true })
  address: string | null;

  /** What the browser says it is. */
  @Column({ type: 'text', nullable: true })
  agent: string | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  /** When they last proved who they are, within this session. */
  @Column({ ...INSTANT_COLUMN, name: 'authenticated_at' })
  authenticatedAt: Date;

  /** When it was last used; within a minute. */
  @Column({ ...INSTANT_COLUMN, name: 'last_seen_at' })
  lastSeenAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'expires_at' })
  @Index('session_expiry_idx')
  expiresAt: Date;
}
