import type { CommandRefusal, CommandReport, Diagnostics, DoorCommand } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/** A command that a door was given, and what has become of it. */
@Entity({ name: 'door_command' })
@Check('door_command_state_known', `"state" IN ('asked', 'accepted', 'refused', 'done', 'failed')`)
@Index('door_command_door_idx', ['doorId', 'askedAt'])
@Index('door_command_asked_idx', ['askedAt'])
export class StoredCommand {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'door_command_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'door_id' })
  @ForeignKey(() => Door, { name: 'door_command_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  @Column({ type: 'jsonb' })
  command: DoorCommand;

  @Column({ type: 'text' })
  reason: string;

  /** Name of who asked, as it was then. */
  @Column({ type: 'text', name: 'asked_by' })
  askedBy: string;

  @Column({ ...INSTANT_COLUMN, name: 'asked_at' })
  askedAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'expires_at' })
  expiresAt: Date;

  @Column({ type: 'text' })
  state: 'asked' | CommandReport['state'];

  @Column({ type: 'text', nullable: true })
  refusal: CommandRefusal | null;

  @Column({ type: 'text', nullable: true })
  detail: string | null;

  @Column({ type: 'integer', name: 'unlock_ms', nullable: true })
  unlockMs: number | null;

  @Column({ ...INSTANT_COLUMN, name: 'accepted_at', nullable: true })
  acceptedAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  diagnostics: Diagnostics | null;
}
