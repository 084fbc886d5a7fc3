import type { EntityManager } from 'typeorm';
import { Access } from './access';
import { permissionsOf } from './built-in-roles';
import type { Role } from './role.entity';

/** A role that somebody has, at one site or everywhere (null). */
export interface Grant extends Pick<Role, 'key' | 'permissions'> {
  readonly site_id: string | null;
}

/** The roles that the administrator of a query's row has, as a list of {@link Grant}. */
export const GRANTS = `(
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'key', role.key, 'permissions', role.permissions, 'site_id', role_grant.site_id)), '[]')
  FROM role_grant JOIN role ON role.id = role_grant.role_id WHERE role_grant.administrator_id = administrator.id)`;

/** What somebody with these roles may do. */
export function accessBy(grants: readonly Grant[]): Access {
  return new Access(grants.map((grant) => ({ permissions: permissionsOf(grant), siteId: grant.site_id })));
}

/** What an administrator may do now, by the roles that they have. */
export async function accessOf(manager: EntityManager, administratorId: string): Promise<Access> {
  const [row] = await manager.query<{ grants: Grant[] }[]>(
    `SELECT ${GRANTS} AS grants FROM administrator WHERE id = $1`,
    [administratorId],
  );
  return accessBy(row?.grants ?? []);
}
