import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from './door.entity';

/** How far a door has got with the change feed, as its agent last said. */
@Entity({ name: 'door_progress' })
export class DoorProgressRow {
  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'door_progress_pk' })
  @ForeignKey(() => Door, { name: 'door_progress_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  /** Everything up to here is in the door's store. */
  @Column({ ...COUNT_COLUMN, name: 'applied_revision' })
  appliedRevision: number;

  @Column({ ...INSTANT_COLUMN, name: 'applied_at' })
  appliedAt: Date;

  /** Everybody who was revoked up to here is forgotten there, whatever else it has not got yet. */
  @Column({ ...COUNT_COLUMN, name: 'revoked_revision', nullable: true })
  revokedRevision: number | null;

  /** When all that is on the door's disk was last compared with what should be. */
  @Column({ ...INSTANT_COLUMN, name: 'compared_at', nullable: true })
  comparedAt: Date | null;

  /** Whether it was the same. */
  @Column({ type: 'boolean', nullable: true })
  agrees: boolean | null;
}
