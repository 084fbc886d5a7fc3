import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import { Door } from '../doors/door.entity';
import { Site } from '../doors/site.entity';

/** That somebody was erased. Who, only a person's own id tells again, as a hash: with it a backup is erased anew. */
@Entity({ name: 'erasure' })
export class ErasureRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'erasure_pk' })
  id: string;

  /** SHA-256 of the person's id, which was random. */
  @Column({ type: 'bytea', name: 'subject_hash' })
  @Index('erasure_subject_key', { unique: true })
  subjectHash: Buffer;

  /** The site that the person belonged to; null for the whole organisation. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  @ForeignKey(() => Site, { name: 'erasure_site_fk', onDelete: 'SET NULL' })
  @Index('erasure_site_idx')
  siteId: string | null;

  /** The door that has applied this revision has forgotten the person. */
  @Column({ ...COUNT_COLUMN })
  revision: number;

  @Column({ ...INSTANT_COLUMN, name: 'erased_at' })
  erasedAt: Date;
}

/** One door that must forget somebody. */
@Entity({ name: 'erasure_door' })
@Index('erasure_door_open_idx', ['doorId'], { where: 'confirmed_at IS NULL' })
export class ErasureDoorRow {
  @PrimaryColumn({ type: 'uuid', name: 'erasure_id', primaryKeyConstraintName: 'erasure_door_pk' })
  @ForeignKey(() => ErasureRow, { name: 'erasure_door_erasure_fk', onDelete: 'CASCADE' })
  erasureId: string;

  @PrimaryColumn({ type: 'uuid', name: 'door_id', primaryKeyConstraintName: 'erasure_door_pk' })
  @ForeignKey(() => Door, { name: 'erasure_door_door_fk', onDelete: 'CASCADE' })
  doorId: string;

  @Column({ ...INSTANT_COLUMN, name: 'confirmed_at', nullable: true })
  confirmedAt: Date | null;
}
