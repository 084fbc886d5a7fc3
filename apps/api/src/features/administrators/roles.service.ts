import { Injectable } from '@nestjs/common';
import type { CreateRoleRequest, UpdateRoleRequest, roleListSchema, roleSchema } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { Role } from '../../platform/auth/role.entity';
import { SessionEnds } from '../../platform/auth/session-ends';
import type { SignedIn } from '../../platform/auth/signed-in';
import { violatedConstraint } from '../../platform/database/database-errors';
import { newId } from '../../platform/database/uuid';
import { presentRole } from './administrator.presenter';
import { builtInRole, roleInUse, roleNameTaken } from './administrators.errors';
import { requireHolding } from './administrators.policy';
import { AdministratorsRepository } from './administrators.repository';
import { RolesRepository } from './roles.repository';

type View = z.input<typeof roleSchema>;

/** Roles: the built-in ones, and those that were made here. They belong to the whole organisation. */
@Injectable()
export class RolesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly roles: RolesRepository,
    private readonly administrators: AdministratorsRepository,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  async list(): Promise<z.input<typeof roleListSchema>> {
    const records = await this.roles.list();
    return { items: records.map(({ role, administratorIds }) => presentRole(role, administratorIds.length)) };
  }

  /** @throws {AppError} `roles/not-found` */
  async get(id: string): Promise<View> {
    const { role, administratorIds } = await this.roles.get(id);
    return presentRole(role, administratorIds.length);
  }

  /** Makes a role of permissions that whoever makes it holds everywhere. */
  async create({ name, permissions }: CreateRoleRequest, by: SignedIn): Promise<View> {
    requireHolding(by, [{ permissions, siteId: null }]);
    return this.change(async (manager) => {
      const role = manager.create(Role, { id: newId(), key: null, name, permissions, createdAt: new Date() });
      await refusingTakenNames(manager.insert(Role, role));
      const after = { name, permissions };
      await this.audit.record(manager, { by, action: 'role/created', subjectId: role.id, after });
      return presentRole(role, 0);
    });
  }

  /** Changes a role; whoever has it has the new rights with their next request. */
  async update(id: string, request: UpdateRoleRequest, by: SignedIn): Promise<View> {
    return this.change(async (manager) => {
      const { role, administratorIds } = await this.changeable(manager, id);
      const { name = role.name, permissions = role.permissions } = request;
      // Those that go as much as those that come: whoever may less takes nothing from those who may more.
      requireHolding(by, [{ permissions: [...role.permissions, ...permissions], siteId: null }]);
      await refusingTakenNames(manager.update(Role, { id }, { name, permissions }));
      for (const administratorId of administratorIds) await this.ends.announce(manager, { administratorId });
      const before = { name: role.name, permissions: role.permissions };
      const after = { name, permissions };
      await this.audit.record(manager, { by, action: 'role/changed', subjectId: id, before, after });
      return presentRole({ ...role, name, permissions }, administratorIds.length);
    });
  }

  /** Deletes a role that nobody has. */
  async remove(id: string, by: SignedIn): Promise<void> {
    by.access.require('administrators:write', null);
    await this.change(async (manager) => {
      const { role, administratorIds } = await this.changeable(manager, id);
      if (administratorIds.length > 0) throw roleInUse(administratorIds.length);
      await manager.delete(Role, { id });
      const before = { name: role.name, permissions: role.permissions };
      await this.audit.record(manager, { by, action: 'role/deleted', subjectId: id, before });
    });
  }

  private async changeable(manager: EntityManager, id: string) {
    const record = await this.roles.get(id, manager);
    if (record.role.key !== null) throw builtInRole();
    return record;
  }

  private change<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await this.administrators.lock(manager);
      return work(manager);
    });
  }
}

async function refusingTakenNames(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    throw violatedConstraint(error) === 'role_name_key' ? roleNameTaken() : error;
  }
}
