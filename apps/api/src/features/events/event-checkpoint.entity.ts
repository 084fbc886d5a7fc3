import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/** A device's signature for all events of an epoch up to one. Only signatures that were good when they came are kept. */
@Entity({ name: 'event_checkpoint' })
export class EventCheckpointRow {
  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'event_checkpoint_pk' })
  @ForeignKey(() => Door, { name: 'event_checkpoint_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'event_checkpoint_pk' })
  epoch: string;

  @PrimaryColumn({ ...COUNT_COLUMN, primaryKeyConstraintName: 'event_checkpoint_pk' })
  sequence: number;

  /** What the device says that the hash of that event is, 32 bytes. */
  @Column({ type: 'bytea' })
  hash: Buffer;

  /** As it was signed, ISO 8601. */
  @Column({ type: 'text', name: 'signed_at' })
  signedAt: string;

  @Column({ ...INSTANT_COLUMN, name: 'received_at' })
  receivedAt: Date;

  /** Of the key, hexadecimal. */
  @Column({ type: 'text' })
  fingerprint: string;

  /** Ed25519, base64url. */
  @Column({ type: 'text' })
  signature: string;
}
