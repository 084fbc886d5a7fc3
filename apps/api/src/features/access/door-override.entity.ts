import type { OverridePriority, OverrideState } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/** How somebody set a door for a time; none is kept for a door that is normal. */
@Entity({ name: 'door_override' })
@Check('door_override_priority_known', `"priority" IN ('emergency', 'operator')`)
@Check('door_override_state_known', `"state" IN ('locked', 'unlocked', 'blocked')`)
export class StoredOverride {
  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'door_override_pk' })
  @ForeignKey(() => Door, { name: 'door_override_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'door_override_pk' })
  priority: OverridePriority;

  @Column({ type: 'text' })
  state: Exclude<OverrideState, 'normal'>;

  @Column({ ...INSTANT_COLUMN, nullable: true })
  until: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'set_at' })
  setAt: Date;

  /** Name of who did it, as it was then. */
  @Column({ type: 'text', name: 'set_by' })
  setBy: string;
}
