import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN } from '../database/columns';

/** The newest change of one entity that agents must know of. Its content is read from the entity itself. */
@Entity({ name: 'change' })
@Index('change_revoked_idx', ['revision'], { where: 'revoked' })
export class ChangeRow {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'change_pk' })
  family: string;

  @PrimaryColumn({ type: 'uuid', name: 'entity_id', primaryKeyConstraintName: 'change_pk' })
  entityId: string;

  @Column({ ...COUNT_COLUMN })
  @Index('change_revision_key', { unique: true })
  revision: number;

  /** Of a person: whether doors must not let them in any longer. Null: it was never said. */
  @Column({ type: 'boolean', nullable: true })
  revoked: boolean | null;

  /** A tombstone: the entity is gone. */
  @Column({ type: 'boolean' })
  deleted: boolean;
}
