import type { CameraView } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/** The camera that a door is to use; a door without a row goes by its own configuration. */
@Entity({ name: 'door_camera' })
@Check(
  'door_camera_password_whole',
  `num_nonnulls("master_key_id", "wrapped_key", "sealed_password") IN (0, 3)`,
)
export class DoorCamera {
  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'door_camera_pk' })
  @ForeignKey(() => Door, { name: 'door_camera_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  /** As it may be shown: no password is in it. */
  @Column({ type: 'jsonb' })
  camera: CameraView;

  /** The master key that wraps the key of the password; null where there is no password, as the next two. */
  @Column({ type: 'text', name: 'master_key_id', nullable: true })
  masterKeyId: string | null;

  @Column({ type: 'bytea', name: 'wrapped_key', nullable: true })
  wrappedKey: Buffer | null;

  @Column({ type: 'bytea', name: 'sealed_password', nullable: true })
  sealedPassword: Buffer | null;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
