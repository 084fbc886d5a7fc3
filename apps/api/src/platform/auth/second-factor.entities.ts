import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../database/columns';
import { Administrator } from './administrator.entity';

/** The authenticator app of an administrator. */
@Entity({ name: 'authenticator_app' })
@Index('authenticator_app_master_idx', ['masterKeyId'])
export class AuthenticatorApp {
  @PrimaryColumn({ type: 'uuid', name: 'administrator_id', primaryKeyConstraintName: 'authenticator_app_pk' })
  @ForeignKey(() => Administrator, { name: 'authenticator_app_administrator_fk', onDelete: 'CASCADE' })
  administratorId: string;

  @Column({ type: 'text', name: 'master_key_id' })
  masterKeyId: string;

  /** Its secret, wrapped by the master key. */
  @Column({ type: 'bytea', name: 'wrapped_secret' })
  wrappedSecret: Buffer;

  /** When a first code showed that the app has the secret; null: it is not asked for yet. */
  @Column({ ...INSTANT_COLUMN, name: 'confirmed_at', nullable: true })
  confirmedAt: Date | null;

  /** Time step of the newest code that was used: it and those before are used up. */
  @Column({ ...COUNT_COLUMN, name: 'last_step', nullable: true })
  lastStep: number | null;
}

/** One recovery code of an administrator; deleted when it is used. */
@Entity({ name: 'recovery_code' })
export class RecoveryCode {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'recovery_code_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'administrator_id' })
  @ForeignKey(() => Administrator, { name: 'recovery_code_administrator_fk', onDelete: 'CASCADE' })
  @Index('recovery_code_administrator_idx')
  administratorId: string;

  /** SHA-256 of the code, which has 120 random bits. */
  @Column({ type: 'bytea', name: 'code_hash' })
  codeHash: Buffer;
}
