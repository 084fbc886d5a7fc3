import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';
import { Administrator } from './administrator.entity';

/** A browser that somebody has signed in with: strangers who guess do not lock it out. */
@Entity({ name: 'known_browser' })
export class KnownBrowser {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'known_browser_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'administrator_id' })
  @ForeignKey(() => Administrator, { name: 'known_browser_administrator_fk', onDelete: 'CASCADE' })
  @Index('known_browser_administrator_idx')
  administratorId: string;

  /** SHA-256 of the token in its cookie. */
  @Column({ type: 'bytea', name: 'token_hash' })
  @Index('known_browser_hash_idx')
  tokenHash: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'expires_at' })
  expiresAt: Date;
}
