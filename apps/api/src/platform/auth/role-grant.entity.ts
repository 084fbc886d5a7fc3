import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Administrator } from './administrator.entity';
import { Role } from './role.entity';

/** One role of an administrator, at one site or everywhere. */
@Entity({ name: 'role_grant' })
export class RoleGrant {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'role_grant_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'administrator_id' })
  @ForeignKey(() => Administrator, { name: 'role_grant_administrator_fk', onDelete: 'CASCADE' })
  @Index('role_grant_administrator_idx')
  administratorId: string;

  @Column({ type: 'uuid', name: 'role_id' })
  @ForeignKey(() => Role, { name: 'role_grant_role_fk', onDelete: 'RESTRICT' })
  @Index('role_grant_role_idx')
  roleId: string;

  /** Null: in the whole organisation. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  @ForeignKey('Site', { name: 'role_grant_site_fk', onDelete: 'CASCADE' })
  @Index('role_grant_site_idx')
  siteId: string | null;
}
