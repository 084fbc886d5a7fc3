import { Injectable } from '@nestjs/common';
import type {
  CreateGroupRequest,
  UpdateGroupRequest,
  accessGroupListSchema,
  accessGroupSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed, RULES_CHANGE } from '../../platform/change-feed/change-feed';
import { violatedConstraint } from '../../platform/database/database-errors';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { AccessGroup } from './access-group.entity';
import { GroupsRepository, type GroupRecord } from './groups.repository';

type GroupView = z.input<typeof accessGroupSchema>;

/** Access groups: people who may pass the same doors. */
@Injectable()
export class GroupsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly groups: GroupsRepository,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  async list(by: SignedIn): Promise<z.input<typeof accessGroupListSchema>> {
    const records = await this.groups.list(by.access.reach('access:read'));
    return { items: records.map(presentGroup) };
  }

  /** @throws {AppError} `groups/name-taken`, `groups/unknown-site` */
  async create({ name, siteId }: CreateGroupRequest, by: SignedIn): Promise<GroupView> {
    by.access.require('access:write', siteId);
    const now = new Date();
    const group: AccessGroup = {
      id: newId(),
      name: name.normalize('NFC'),
      siteId,
      createdAt: now,
      updatedAt: now,
    };
    await this.write(async (manager) => {
      await manager.insert(AccessGroup, group);
      await this.audit.record(manager, {
        by,
        action: 'group/created',
        subjectId: group.id,
        siteId,
        after: { name: group.name },
      });
    });
    return presentGroup({ group, people: 0 });
  }

  /** @throws {AppError} `groups/not-found`, `groups/name-taken` */
  async rename(id: string, { name }: UpdateGroupRequest, by: SignedIn): Promise<GroupView> {
    return this.write(async (manager) => {
      const before = await this.groups.lock(manager, id);
      by.access.require('access:write', before.siteId);
      await manager.update(AccessGroup, { id }, { name: name.normalize('NFC'), updatedAt: new Date() });
      const record = await this.groups.get(id, manager);
      await this.audit.record(manager, {
        by,
        action: 'group/renamed',
        subjectId: id,
        siteId: before.siteId,
        before: { name: before.name },
        after: { name: record.group.name },
      });
      // Rules hold the names of groups.
      await this.changes.record(manager, [RULES_CHANGE]);
      return presentGroup(record);
    });
  }

  /** Deletes a group; the people who were in it stay, and doors are told of them. @throws {AppError} `groups/not-found` */
  async remove(id: string, by: SignedIn): Promise<void> {
    await this.write(async (manager) => {
      const group = await this.groups.lock(manager, id);
      by.access.require('access:write', group.siteId);
      const members = await this.groups.members(manager, id);
      await manager.delete(AccessGroup, { id });
      await this.audit.record(manager, {
        by,
        action: 'group/deleted',
        subjectId: id,
        siteId: group.siteId,
        before: { name: group.name },
        details: { people: members.length },
      });
      await this.changes.record(manager, [
        ...members.map((entityId) => ({ family: 'person' as const, entityId, deleted: false })),
        RULES_CHANGE,
      ]);
    });
  }

  private async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.dataSource.transaction(work);
    } catch (error) {
      throw refusalOfWrite(error);
    }
  }
}

function presentGroup({ group, people }: GroupRecord): GroupView {
  return { id: group.id, name: group.name, siteId: group.siteId, people };
}

function refusalOfWrite(error: unknown): unknown {
  switch (violatedConstraint(error)) {
    case 'access_group_name_key':
      return new AppError('conflict', 'groups/name-taken', 'There is an access group of this name already.', {
        detail: 'Give it another name.',
        cause: error,
      });
    case 'access_group_site_fk':
      return new AppError('invalid', 'groups/unknown-site', 'There is no such site.', { cause: error });
    default:
      return error;
  }
}
