import type { Permission } from '@munjigi/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';
import { Administrator } from './administrator.entity';

/** What a program signs in with; only the token's hash is kept. It ends with whoever made it. */
@Entity({ name: 'api_token' })
export class ApiToken {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'api_token_pk' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  /** SHA-256 of the token. */
  @Column({ type: 'bytea', name: 'token_hash', select: false })
  @Index('api_token_hash_key', { unique: true })
  tokenHash: Buffer;

  /** The token's first characters, to know it by. */
  @Column({ type: 'text' })
  hint: string;

  /** Who made it, and whose rights bound it. */
  @Column({ type: 'uuid', name: 'administrator_id' })
  @ForeignKey(() => Administrator, { name: 'api_token_administrator_fk', onDelete: 'CASCADE' })
  @Index('api_token_administrator_idx')
  administratorId: string;

  @Column({ type: 'text', array: true })
  permissions: Permission[];

  /** Null: wherever whoever made it holds the permissions. */
  @Column({ type: 'uuid', array: true, name: 'site_ids', nullable: true })
  siteIds: string[] | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'expires_at' })
  expiresAt: Date;

  /** Within a minute. */
  @Column({ ...INSTANT_COLUMN, name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'text', name: 'last_used_from', nullable: true })
  lastUsedFrom: string | null;
}
