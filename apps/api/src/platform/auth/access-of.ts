import type { EntityManager } from 'typeorm';
import { Access } from './access';
import { permissionsOf } from './built-in-roles';
import type { Role } from './role.entity';

/** What an administrator may do now, by the roles that they have. */
export async function accessOf(manager: EntityManager, administratorId: string): Promise<Access> {
  const rows = await manager.query<(Pick<Role, 'key' | 'permissions'> & { site_id: string | null })[]>(
    `SELECT role.key, role.permissions, role_grant.site_id
     FROM role_grant JOIN role ON role.id = role_grant.role_id WHERE role_grant.administrator_id = $1`,
    [administratorId],
  );
  return new Access(rows.map((row) => ({ permissions: permissionsOf(row), siteId: row.site_id })));
}
