import type { DeadLetterReason, DeadLetterState } from '@munjigi/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';

/**
 * An event that could not be taken into the account, as it came, and why. Doors and sites are no foreign keys: a door
 * that is no more may be why.
 */
@Entity({ name: 'dead_letter' })
@Check('dead_letter_state_known', `"state" IN ('open', 'stored', 'dismissed')`)
@Check('dead_letter_settled_whole', `("state" = 'open') = ("settled_at" IS NULL)`)
@Index('dead_letter_place_key', ['doorId', 'epoch', 'sequence', 'digest'], { unique: true })
@Index('dead_letter_time_idx', ['receivedAt', 'id'])
@Index('dead_letter_open_idx', ['receivedAt', 'id'], { where: `"state" = 'open'` })
export class DeadLetterRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'dead_letter_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'door_id' })
  doorId: string;

  /** Where the door stood; null where there was none. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  siteId: string | null;

  @Column({ type: 'uuid' })
  epoch: string;

  @Column({ ...COUNT_COLUMN })
  sequence: number;

  /** SHA-256 of the event as it came: sent again, it is kept once. */
  @Column({ type: 'bytea' })
  digest: Buffer;

  @Column({ type: 'text' })
  reason: DeadLetterReason;

  @Column({ type: 'text' })
  detail: string;

  /** JSON text; cut where it was very long. */
  @Column({ type: 'text' })
  event: string;

  @Column({ ...INSTANT_COLUMN, name: 'received_at' })
  receivedAt: Date;

  @Column({ type: 'text' })
  state: DeadLetterState;

  @Column({ ...INSTANT_COLUMN, name: 'settled_at', nullable: true })
  settledAt: Date | null;

  @Column({ type: 'text', name: 'settled_by', nullable: true })
  settledBy: string | null;

  @Column({ type: 'text', name: 'settled_note', nullable: true })
  settledNote: string | null;
}
