import { Injectable } from '@nestjs/common';
import type { BuiltInRole, Permission } from '@munjigi/contracts';
import { DataSource, In, type EntityManager } from 'typeorm';
import { Administrator } from '../../platform/auth/administrator.entity';
import { permissionsOf } from '../../platform/auth/built-in-roles';
import { Role } from '../../platform/auth/role.entity';
import { RoleGrant } from '../../platform/auth/role-grant.entity';
import { newId } from '../../platform/database/uuid';
import { administratorNotFound } from './administrators.errors';

/** Key of the lock under which administrators and roles change one at a time. */
const CHANGE_LOCK = 0x6d6e6a61;

/** A grant with what it means. */
export interface GrantRecord {
  readonly role: { readonly id: string; readonly key: BuiltInRole | null; readonly name: string };
  readonly site: { readonly id: string; readonly name: string } | null;
  readonly siteId: string | null;
  readonly permissions: readonly Permission[];
}

/** An administrator and all that is told of them. */
export interface AdministratorRecord {
  readonly administrator: Administrator;
  readonly hasPassword: boolean;
  readonly secondFactor: boolean;
  readonly passkeys: number;
  readonly grants: readonly GrantRecord[];
}

/** The only place that reads and writes administrators and what they are granted. */
@Injectable()
export class AdministratorsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Lets one change of administrators or roles happen at a time, until the transaction ends. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [CHANGE_LOCK]);
  }

  /** All, by address. */
  async list(): Promise<AdministratorRecord[]> {
    const administrators = await this.dataSource
      .getRepository(Administrator)
      .find({ order: { email: 'ASC' } });
    return this.describe(this.dataSource.manager, administrators);
  }

  /** @throws {AppError} `administrators/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<AdministratorRecord> {
    const administrator = await manager.findOneBy(Administrator, { id });
    const [record] = administrator ? await this.describe(manager, [administrator]) : [];
    if (!record) throw administratorNotFound();
    return record;
  }

  /** Those of the grants whose role and site there are. */
  async resolve(
    manager: EntityManager,
    wanted: readonly { roleId: string; siteId: string | null }[],
  ): Promise<(GrantRecord | 'role' | 'site')[]> {
    const roles = new Map(
      (await manager.findBy(Role, { id: In(wanted.map(({ roleId }) => roleId)) })).map((role) => [
        role.id,
        role,
      ]),
    );
    const siteIds = wanted.flatMap(({ siteId }) => siteId ?? []);
    const sites = new Map(
      (
        await manager.query<{ id: string; name: string }[]>(
          'SELECT id, name FROM site WHERE id = ANY($1::uuid[])',
          [siteIds],
        )
      ).map((site) => [site.id, site]),
    );
    return wanted.map(({ roleId, siteId }) => {
      const role = roles.get(roleId);
      if (!role) return 'role';
      const site = siteId === null ? null : (sites.get(siteId) ?? 'site');
      return site === 'site' ? site : { role, site, siteId, permissions: permissionsOf(role) };
    });
  }

  /** Puts these grants in place of all that somebody has. */
  async replaceGrants(
    manager: EntityManager,
    administratorId: string,
    grants: readonly GrantRecord[],
  ): Promise<void> {
    await manager.delete(RoleGrant, { administratorId });
    await manager.insert(
      RoleGrant,
      grants.map(({ role, siteId }) => ({ id: newId(), administratorId, roleId: role.id, siteId })),
    );
  }

  /** How many can sign in and do everything everywhere. */
  async countOwners(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ owners: string }[]>(
      `SELECT count(DISTINCT administrator.id) AS owners
       FROM administrator JOIN role_grant ON role_grant.administrator_id = administrator.id
       JOIN role ON role.id = role_grant.role_id
       WHERE role.key = 'owner' AND role_grant.site_id IS NULL
         AND administrator.password_hash IS NOT NULL AND administrator.suspended_at IS NULL`,
    );
    return Number(row?.owners ?? 0);
  }

  private async describe(
    manager: EntityManager,
    administrators: readonly Administrator[],
  ): Promise<AdministratorRecord[]> {
    const ids = administrators.map(({ id }) => id);
    const grants = await this.grantsOf(manager, ids);
    const factors = await this.factorsOf(manager, ids);
    return administrators.map((administrator) => ({
      administrator,
      grants: grants.filter(({ administratorId }) => administratorId === administrator.id),
      ...(factors.get(administrator.id) ?? { hasPassword: false, secondFactor: false, passkeys: 0 }),
    }));
  }

  private async grantsOf(manager: EntityManager, ids: readonly string[]) {
    const rows = await manager.query<GrantRow[]>(
      `SELECT role_grant.administrator_id, role.id AS role_id, role.key, role.name AS role_name, role.permissions,
         site.id AS site_id, site.name AS site_name
       FROM role_grant JOIN role ON role.id = role_grant.role_id LEFT JOIN site ON site.id = role_grant.site_id
       WHERE role_grant.administrator_id = ANY($1::uuid[]) ORDER BY role.name, site.name NULLS FIRST`,
      [ids],
    );
    return rows.map((row) => ({
      administratorId: row.administrator_id,
      role: { id: row.role_id, key: row.key, name: row.role_name },
      site: row.site_id === null ? null : { id: row.site_id, name: row.site_name ?? '' },
      siteId: row.site_id,
      permissions: permissionsOf(row),
    }));
  }

  private async factorsOf(manager: EntityManager, ids: readonly string[]) {
    const rows = await manager.query<FactorsRow[]>(
      `SELECT id, password_hash IS NOT NULL AS has_password,
         EXISTS (SELECT FROM authenticator_app
           WHERE administrator_id = administrator.id AND confirmed_at IS NOT NULL) AS second_factor,
         (SELECT count(*)::int FROM passkey WHERE administrator_id = administrator.id) AS passkeys
       FROM administrator WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    return new Map(
      rows.map((row) => [
        row.id,
        { hasPassword: row.has_password, secondFactor: row.second_factor, passkeys: row.passkeys },
      ]),
    );
  }
}

interface FactorsRow {
  readonly id: string;
  readonly has_password: boolean;
  readonly second_factor: boolean;
  readonly passkeys: number;
}

interface GrantRow {
  readonly administrator_id: string;
  readonly role_id: string;
  readonly key: BuiltInRole | null;
  readonly role_name: string;
  readonly permissions: Permission[];
  readonly site_id: string | null;
  readonly site_name: string | null;
}
