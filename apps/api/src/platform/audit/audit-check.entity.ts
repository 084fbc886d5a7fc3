import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../database/columns';

/** What the server found wrong in its own account. */
export interface ChainFault {
  /** Null when it concerns no entry alone. */
  readonly position: number | null;
  readonly what: string;
  readonly foundAt: string;
}

/** How far the server has checked its own account; one row, or none before the first check. */
@Entity({ name: 'audit_check' })
@Check('audit_check_single', '"id" = 1')
export class AuditCheck {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'audit_check_pk' })
  id: number;

  /** Up to here all was as it was written. */
  @Column({ ...COUNT_COLUMN })
  position: number;

  @Column({ type: 'bytea' })
  hash: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'checked_at' })
  checkedAt: Date;

  @Column({ type: 'jsonb', nullable: true })
  fault: ChainFault | null;
}
