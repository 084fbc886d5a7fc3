import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Site } from '../doors/site.entity';

/** People who may pass the same doors. */
@Entity({ name: 'access_group' })
@Index('access_group_name_key', { synchronize: false })
@Index('access_group_site_idx', ['siteId'])
export class AccessGroup {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'access_group_pk' })
  id: string;

  /** Unique within its site. */
  @Column({ type: 'text', collation: 'und-x-icu' })
  name: string;

  /** Null: of the whole organisation. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  @ForeignKey(() => Site, { name: 'access_group_site_fk', onDelete: 'RESTRICT' })
  siteId: string | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
