import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { Site } from '../doors/site.entity';

/** What is kept as a document, and by whose id: `door` and `group` say what holds for a door and a group. */
export type AccessRuleKind = 'schedule' | 'holiday-calendar' | 'access-level' | 'area' | 'door' | 'group';

/** One document of the access rules. All of them are read, checked and changed together. */
@Entity({ name: 'access_rule' })
export class AccessRule {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'access_rule_pk' })
  kind: AccessRuleKind;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'access_rule_pk' })
  id: string;

  /** Null: of the whole organisation. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  @ForeignKey(() => Site, { name: 'access_rule_site_fk', onDelete: 'RESTRICT' })
  @Index('access_rule_site_idx')
  siteId: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'jsonb' })
  definition: Record<string, unknown>;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}
