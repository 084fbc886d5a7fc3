import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** A key that this deployment signs or has signed its account with; the public half alone. */
@Entity({ name: 'audit_key' })
export class AuditKey {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'audit_key_pk' })
  id: string;

  /** Ed25519, SPKI in base64. */
  @Column({ type: 'text', name: 'public_key' })
  publicKey: string;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
