import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';

/** A one-time code that a door's device pairs with. Only the newest of a door is good. */
@Entity({ name: 'pairing_code' })
export class PairingCode {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pairing_code_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'door_id' })
  @ForeignKey(() => Door, { name: 'pairing_code_door_fk', onDelete: 'CASCADE' })
  @Index('pairing_code_door_idx')
  doorId: string;

  /** argon2id of the code: its forty bits must not be found by trying while it is good. */
  @Column({ type: 'bytea', name: 'code_hash' })
  @Index('pairing_code_hash_idx')
  codeHash: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  /** From then on it is worth nothing: after a quarter of an hour, or when a newer one was made. */
  @Column({ ...INSTANT_COLUMN, name: 'expires_at' })
  expiresAt: Date;

  /** The key that was paired with it; a device that did not hear the answer asks again with the same. */
  @Column({ type: 'text', name: 'used_by', nullable: true })
  usedBy: string | null;
}
