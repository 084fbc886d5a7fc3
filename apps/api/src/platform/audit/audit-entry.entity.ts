import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** Who did what to what, and when. Rows are only ever added; the database itself refuses anything else. */
@Entity({ name: 'audit_entry' })
@Index('audit_entry_time_idx', ['at', 'id'])
export class AuditEntry {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_entry_pk' })
  id: string;

  @Column({ ...INSTANT_COLUMN })
  at: Date;

  /** Null when nobody was signed in, as at a refused login. */
  @Column({ type: 'uuid', name: 'administrator_id', nullable: true })
  administratorId: string | null;

  /** `area/what-happened` */
  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'uuid', name: 'subject_id', nullable: true })
  subjectId: string | null;

  /** What an auditor needs beside the ids; never a secret, a picture or an embedding. */
  @Column({ type: 'jsonb' })
  details: Record<string, unknown>;
}
