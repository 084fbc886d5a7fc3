import { Injectable } from '@nestjs/common';
import { BUILT_IN_ROLES } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { Role } from '../../platform/auth/role.entity';
import { RoleGrant } from '../../platform/auth/role-grant.entity';
import { roleNotFound } from './administrators.errors';

/** A role, and who has it somewhere. */
export interface RoleRecord {
  readonly role: Role;
  readonly administratorIds: readonly string[];
}

/** The only place that reads roles. */
@Injectable()
export class RolesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The built-in ones in their order, then the others by name. */
  async list(): Promise<RoleRecord[]> {
    const roles = await this.dataSource.getRepository(Role).find({ order: { name: 'ASC' } });
    const rank = ({ key }: Role) => (key === null ? BUILT_IN_ROLES.length : BUILT_IN_ROLES.indexOf(key));
    const grants = await this.dataSource.getRepository(RoleGrant).find();
    return roles
      .sort((one, other) => rank(one) - rank(other))
      .map((role) => ({
        role,
        administratorIds: holders(grants.filter(({ roleId }) => roleId === role.id)),
      }));
  }

  /** @throws {AppError} `roles/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<RoleRecord> {
    const role = await manager.findOneBy(Role, { id });
    if (!role) throw roleNotFound();
    return { role, administratorIds: holders(await manager.findBy(RoleGrant, { roleId: id })) };
  }
}

function holders(grants: readonly RoleGrant[]): string[] {
  return [...new Set(grants.map(({ administratorId }) => administratorId))];
}
