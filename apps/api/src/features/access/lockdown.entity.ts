import type { LockdownScope } from '@munjigi/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';

/** One lockdown, in force until it is lifted. Rows stay. */
@Entity({ name: 'lockdown' })
export class StoredLockdown {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lockdown_pk' })
  id: string;

  @Column({ type: 'jsonb' })
  scope: LockdownScope;

  @Column({ type: 'uuid', array: true, name: 'exempt_group_ids' })
  exemptGroupIds: string[];

  @Column({ type: 'uuid', array: true, name: 'exempt_person_ids' })
  exemptPersonIds: string[];

  @Column({ type: 'text' })
  note: string;

  @Column({ ...INSTANT_COLUMN, name: 'started_at' })
  startedAt: Date;

  /** Name of who did it, as it was then. */
  @Column({ type: 'text', name: 'started_by' })
  startedBy: string;

  @Column({ ...INSTANT_COLUMN, name: 'lifted_at', nullable: true })
  @Index('lockdown_lifted_idx')
  liftedAt: Date | null;

  @Column({ type: 'text', name: 'lifted_by', nullable: true })
  liftedBy: string | null;
}
