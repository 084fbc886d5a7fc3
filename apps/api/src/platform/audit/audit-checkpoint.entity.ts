import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../database/columns';
import { AuditKey } from './audit-key.entity';

/** What the deployment signed of its account at one moment. */
@Entity({ name: 'audit_checkpoint' })
@Index('audit_checkpoint_position_idx', ['position'])
@Index('audit_checkpoint_key_idx', ['keyId'])
export class AuditCheckpoint {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_checkpoint_pk' })
  id: string;

  @Column({ ...COUNT_COLUMN })
  position: number;

  @Column({ type: 'bytea' })
  hash: Buffer;

  @Column({ ...INSTANT_COLUMN })
  at: Date;

  @Column({ type: 'text', name: 'key_id' })
  keyId: string;

  @ManyToOne(() => AuditKey)
  @JoinColumn({ name: 'key_id', foreignKeyConstraintName: 'audit_checkpoint_key_fk' })
  key: Relation<AuditKey>;

  @Column({ type: 'bytea' })
  signature: Buffer;
}
