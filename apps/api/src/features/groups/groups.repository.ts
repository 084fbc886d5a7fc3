import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { AppError } from '../../platform/errors/app-error';
import { AccessGroup } from './access-group.entity';
import { AccessGroupMember } from './access-group-member.entity';

/** A group and how many people are in it. */
export interface GroupRecord {
  readonly group: AccessGroup;
  readonly people: number;
}

/** What somebody's group is shown by. */
export type GroupName = Pick<AccessGroup, 'id' | 'name'>;

/** The only place that reads and writes access groups and who is in them. */
@Injectable()
export class GroupsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Groups of the whole organisation and of the sites in reach, by name. */
  async list(reach: Reach): Promise<GroupRecord[]> {
    const builder = this.dataSource.getRepository(AccessGroup).createQueryBuilder('access_group');
    if (reach !== 'everywhere') {
      builder.where('access_group.siteId IS NULL OR access_group.siteId = ANY(:sites)', { sites: reach });
    }
    const groups = await builder.orderBy('access_group.name').addOrderBy('access_group.id').getMany();
    const counts = await this.peopleIn(groups.map((group) => group.id));
    return groups.map((group) => ({ group, people: counts.get(group.id) ?? 0 }));
  }

  /** @throws {AppError} `groups/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<GroupRecord> {
    const group = await manager.findOneBy(AccessGroup, { id });
    if (!group) throw groupNotFound();
    return { group, people: (await this.peopleIn([id], manager)).get(id) ?? 0 };
  }

  /** Keeps a group from being changed or deleted by others until the transaction ends. @throws `groups/not-found` */
  async lock(manager: EntityManager, id: string): Promise<AccessGroup> {
    const group = await manager.findOne(AccessGroup, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!group) throw groupNotFound();
    return group;
  }

  /** Those of the groups that exist, kept from being deleted until the transaction ends. */
  share(manager: EntityManager, ids: readonly string[]): Promise<AccessGroup[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return manager.find(AccessGroup, { where: { id: In([...ids]) }, lock: { mode: 'pessimistic_read' } });
  }

  /** The groups of each of these people, by name. */
  async ofPeople(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, GroupName[]>> {
    const found = new Map<string, GroupName[]>(personIds.map((personId) => [personId, []]));
    const rows = await manager.query<(GroupName & { person_id: string })[]>(
      `SELECT member.person_id, access_group.id, access_group.name
       FROM access_group_member AS member JOIN access_group ON access_group.id = member.group_id
       WHERE member.person_id = ANY($1::uuid[]) ORDER BY access_group.name, access_group.id`,
      [personIds],
    );
    for (const { person_id, id, name } of rows) found.get(person_id)?.push({ id, name });
    return found;
  }

  /** Groups that who is added to a site without saying which becomes a member of. */
  async byDefault(manager: EntityManager, siteId: string | null): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT access_group.id FROM access_group
       JOIN access_rule AS rule ON rule.kind = 'group' AND rule.id = access_group.id
       WHERE rule.definition ->> 'joinByDefault' = 'true'
         AND (access_group.site_id IS NULL OR access_group.site_id = $1) ORDER BY access_group.id`,
      [siteId],
    );
    return rows.map((row) => row.id);
  }

  /** Makes these the groups of a person. */
  async setOfPerson(manager: EntityManager, personId: string, groupIds: readonly string[]): Promise<void> {
    await manager.delete(AccessGroupMember, { personId });
    await manager.insert(
      AccessGroupMember,
      groupIds.map((groupId) => ({ personId, groupId })),
    );
  }

  /** Ids of the people in a group. */
  async members(manager: EntityManager, groupId: string): Promise<string[]> {
    const members = await manager.findBy(AccessGroupMember, { groupId });
    return members.map((member) => member.personId);
  }

  private async peopleIn(
    groupIds: readonly string[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, number>> {
    const rows = await manager.query<{ group_id: string; people: number }[]>(
      `SELECT group_id, count(*)::integer AS people FROM access_group_member WHERE group_id = ANY($1) GROUP BY group_id`,
      [groupIds],
    );
    return new Map(rows.map((row) => [row.group_id, row.people]));
  }
}

/** There is no such group, or not any more. */
export function groupNotFound(): AppError {
  return new AppError('not-found', 'groups/not-found', 'There is no such access group.');
}
