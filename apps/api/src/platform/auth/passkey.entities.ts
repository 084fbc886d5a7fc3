import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../database/columns';
import { Administrator } from './administrator.entity';

/** The public half of a key on an administrator's device. */
@Entity({ name: 'passkey' })
export class Passkey {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'passkey_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'administrator_id' })
  @ForeignKey(() => Administrator, { name: 'passkey_administrator_fk', onDelete: 'CASCADE' })
  @Index('passkey_administrator_idx')
  administratorId: string;

  @Column({ type: 'text' })
  name: string;

  /** As the device named it, base64url. */
  @Column({ type: 'text', name: 'credential_id' })
  @Index('passkey_credential_key', { unique: true })
  credentialId: string;

  /** COSE. */
  @Column({ type: 'bytea', name: 'public_key' })
  publicKey: Buffer;

  /** How often the device says that it was used; 0 where it does not count. A step back is a copy. */
  @Column({ ...COUNT_COLUMN })
  counter: number;

  @Column({ type: 'text', array: true })
  transports: string[];

  @Column({ type: 'boolean', name: 'backed_up' })
  backedUp: boolean;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
}

/** What a device was asked to sign; used up by the first answer. */
@Entity({ name: 'passkey_challenge' })
export class PasskeyChallenge {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'passkey_challenge_pk' })
  id: string;

  /** Who registers a new key; null when somebody signs in. */
  @Column({ type: 'uuid', name: 'administrator_id', nullable: true })
  @ForeignKey(() => Administrator, { name: 'passkey_challenge_administrator_fk', onDelete: 'CASCADE' })
  @Index('passkey_challenge_administrator_idx')
  administratorId: string | null;

  @Column({ type: 'text' })
  challenge: string;

  @Column({ ...INSTANT_COLUMN, name: 'expires_at' })
  @Index('passkey_challenge_expiry_idx')
  expiresAt: Date;
}
