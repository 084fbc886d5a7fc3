import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';
import { Person } from '../people/person.entity';

/**
 * The picture of the face of a visit, or as much of it as has come. Sealed with the key of the person who was
 * recognised, so that it goes with them; of somebody unknown with a key of its own.
 */
@Entity({ name: 'event_picture' })
@Index('event_picture_door_hash_key', ['doorId', 'hash'], { unique: true })
@Index('event_picture_person_idx', ['personId'], { where: '"person_id" IS NOT NULL' })
@Index('event_picture_site_time_idx', ['siteId', 'occurredAt'])
@Check('event_picture_received_within', '"received_bytes" <= "size_bytes"')
@Check('event_picture_key_one', '("person_id" IS NULL) = ("wrapped_key" IS NOT NULL)')
@Check('event_picture_master_whole', '("master_key_id" IS NULL) = ("wrapped_key" IS NULL)')
export class EventPicture {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'event_picture_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'door_id' })
  @ForeignKey(() => Door, { name: 'event_picture_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  /** Where the door stood at the visit. */
  @Column({ type: 'uuid', name: 'site_id' })
  siteId: string;

  /** SHA-256 of the JPEG, by which the event names it. */
  @Column({ type: 'bytea' })
  hash: Buffer;

  @Column({ type: 'uuid', name: 'person_id', nullable: true })
  @ForeignKey(() => Person, { name: 'event_picture_person_fk', onDelete: 'CASCADE' })
  personId: string | null;

  /** Of the visit, by the door's clock. */
  @Column({ ...INSTANT_COLUMN, name: 'occurred_at' })
  occurredAt: Date;

  @Column({ type: 'integer', name: 'size_bytes' })
  sizeBytes: number;

  /** Less than the size while it is on its way. */
  @Column({ type: 'integer', name: 'received_bytes' })
  receivedBytes: number;

  /** The master key that wrapped the key of its own; null where a person's key seals it. */
  @Column({ type: 'text', name: 'master_key_id', nullable: true })
  masterKeyId: string | null;

  @Column({ type: 'bytea', name: 'wrapped_key', nullable: true })
  wrappedKey: Buffer | null;

  /** What has come of the JPEG, sealed and bound to this row. */
  @Column({ type: 'bytea', name: 'sealed_jpeg', select: false })
  sealedJpeg: Buffer;
}
