import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';

/** What this database knows of the deployment that it belongs to; one row. */
@Entity({ name: 'deployment' })
@Check('deployment_single', '"id" = 1')
export class Deployment {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'deployment_pk' })
  id: number;

  /** Of the one key that earlier releases sealed everything with; null in a database that never had one. */
  @Column({ type: 'bytea', name: 'key_check', nullable: true })
  keyCheck: Buffer | null;

  /** The master key that wraps now; null until a release with keys of people has started on an older database. */
  @Column({ type: 'text', name: 'master_key_id', nullable: true })
  masterKeyId: string | null;

  /** What doors' devices tell this deployment apart by; the same for ever, in a restored database too. */
  @Column({ type: 'uuid', name: 'server_id' })
  serverId: string;

  /** Null until the set-up was told it. */
  @Column({ type: 'text', name: 'organisation_name', nullable: true })
  organisationName: string | null;

  /** When the first owner was made; the set-up is closed since. */
  @Column({ ...INSTANT_COLUMN, name: 'set_up_at', nullable: true })
  setUpAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}
