import { Injectable } from '@nestjs/common';
import type { GroupAccess } from '@munjigi/contracts';
import type { SignedIn } from '../../platform/auth/session-store';
import { GroupsRepository } from '../groups/groups.repository';
import { AccessDocuments } from './access-documents.service';
import { AccessRepository } from './access.repository';

/** What membership of a group gives. */
@Injectable()
export class GroupAccessService {
  constructor(
    private readonly groups: GroupsRepository,
    private readonly access: AccessRepository,
    private readonly documents: AccessDocuments,
  ) {}

  /** @throws {AppError} `groups/not-found`, `auth/forbidden` */
  async get(groupId: string, by: SignedIn): Promise<GroupAccess> {
    const { group } = await this.groups.get(groupId);
    if (group.siteId !== null) by.access.require('access:read', group.siteId);
    const document = (await this.access.documents()).get('group', groupId);
    return document?.definition ?? { accessLevelIds: [], joinByDefault: false };
  }

  /** @throws {AppError} `groups/not-found`, `auth/forbidden`, `access/unusable` */
  async set(groupId: string, definition: GroupAccess, by: SignedIn): Promise<GroupAccess> {
    const { group } = await this.groups.get(groupId);
    by.access.require('access:write', group.siteId);
    const { id, name, siteId } = group;
    return (await this.documents.set({ kind: 'group', id, name, siteId }, definition, by)).definition;
  }
}
