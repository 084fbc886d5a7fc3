import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** A code that a server showed when it started and nobody could sign in; gone once the set-up is done. */
@Entity({ name: 'setup_code' })
export class SetupCode {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'setup_code_pk' })
  id: string;

  /** SHA-256 of the code, which has 100 random bits. */
  @Column({ type: 'bytea', name: 'code_hash' })
  codeHash: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
