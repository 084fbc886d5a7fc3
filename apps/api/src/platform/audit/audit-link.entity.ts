import { Column, Entity, Index, ManyToOne, JoinColumn, PrimaryColumn, type Relation } from 'typeorm';
import { COUNT_COLUMN } from '../database/columns';
import { AuditEntry } from './audit-entry.entity';

/** An entry's place in the chain. The database itself makes it, when the entry's transaction commits. */
@Entity({ name: 'audit_link' })
@Index('audit_link_entry_key', ['entryId'], { unique: true })
export class AuditLink {
  /** From 1, without gaps, in the order of commits. */
  @PrimaryColumn({ ...COUNT_COLUMN, primaryKeyConstraintName: 'audit_link_pk' })
  position: number;

  @Column({ type: 'uuid', name: 'entry_id' })
  entryId: string;

  @ManyToOne(() => AuditEntry)
  @JoinColumn({ name: 'entry_id', foreignKeyConstraintName: 'audit_link_entry_fk' })
  entry: Relation<AuditEntry>;

  /** Over this entry and all before it; 32 bytes. */
  @Column({ type: 'bytea' })
  hash: Buffer;
}
