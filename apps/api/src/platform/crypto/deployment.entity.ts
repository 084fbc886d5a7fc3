import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** What this database knows of the deployment that it belongs to; one row. */
@Entity({ name: 'deployment' })
@Check('deployment_single', '"id" = 1')
export class Deployment {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'deployment_pk' })
  id: number;

  /** Tells whether a key is the one that this database's templates are sealed with, without telling the key. */
  @Column({ type: 'bytea', name: 'key_check' })
  keyCheck: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
