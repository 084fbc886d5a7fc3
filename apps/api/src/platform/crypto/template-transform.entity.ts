import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** A secret rotation that templates are kept in. The newest is what new templates get. */
@Entity({ name: 'template_transform' })
@Index('template_transform_master_idx', ['masterKeyId'])
export class StoredTransform {
  /** Names this version of the transform; templates of two versions never compare. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'template_transform_pk' })
  id: string;

  @Column({ type: 'text', name: 'master_key_id' })
  masterKeyId: string;

  /** The secret, wrapped by the master key. */
  @Column({ type: 'bytea', name: 'wrapped_secret', select: false })
  wrappedSecret: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
