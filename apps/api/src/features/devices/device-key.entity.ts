import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/**
 * What a key is good for. `current`: its device is let in. `next`: announced by the current one, and current from the
 * first connection that it proves. The others never let anybody in again.
 */
export type DeviceKeyState = 'current' | 'next' | 'replaced' | 'revoked';

/** A public key that a door's device has, or had. Rows are kept, so that no key ever comes back. */
@Entity({ name: 'device_key' })
@Check('device_key_state_known', `"state" IN ('current', 'next', 'replaced', 'revoked')`)
@Index('device_key_current_key', ['doorId'], { unique: true, where: `"state" = 'current'` })
@Index('device_key_next_key', ['doorId'], { unique: true, where: `"state" = 'next'` })
export class DeviceKey {
  /** SHA-256 of the public key, hexadecimal. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'device_key_pk' })
  fingerprint: string;

  @Column({ type: 'uuid', name: 'door_id' })
  @ForeignKey(() => Door, { name: 'device_key_door_fk', onDelete: 'CASCADE' })
  @Index('device_key_door_idx')
  doorId: string;

  /** Ed25519, 32 bytes. */
  @Column({ type: 'bytea', name: 'public_key' })
  publicKey: Buffer;

  /** The host name that the device reached this server by when it was paired; it signs for that one. */
  @Column({ type: 'text', name: 'server_name' })
  serverName: string;

  @Column({ type: 'text' })
  state: DeviceKeyState;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  /** When it was replaced or revoked. */
  @Column({ ...INSTANT_COLUMN, name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
