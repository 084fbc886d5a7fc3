import { Injectable } from '@nestjs/common';
import type {
  BulkAction,
  BulkPeopleRequest,
  PersonId,
  UpdatePersonRequest,
  bulkPeopleResponseSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed, type ChangeOf } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import { GroupsRepository } from '../groups/groups.repository';
import { refusalOfWrite } from './people-errors';
import { PeopleRepository } from './people.repository';
import type { Person } from './person.entity';
import { PersonWriter } from './person-writer';

type BulkView = z.input<typeof bulkPeopleResponseSchema>;

/** Does one thing to many people, each by themselves: what is refused for one is done for the others. */
@Injectable()
export class PeopleBulkService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleRepository,
    private readonly groups: GroupsRepository,
    private readonly writer: PersonWriter,
    private readonly changes: ChangeFeed,
  ) {}

  /** @returns how many were changed, and who was refused why. */
  async run({ personIds, action }: BulkPeopleRequest, by: SignedIn): Promise<BulkView> {
    let changed = 0;
    const refused: BulkView['refused'] = [];
    for (const personId of new Set(personIds)) {
      const refusal = await this.one(personId, action, by);
      if (refusal) refused.push({ personId, ...refusal });
      else changed++;
    }
    return { changed, refused };
  }

  private async one(
    personId: PersonId,
    action: BulkAction,
    by: SignedIn,
  ): Promise<{ code: string; title: string; detail: string | null } | null> {
    try {
      await this.dataSource.transaction(async (manager) => {
        const person = await this.people.lock(manager, personId);
        await this.changes.record(manager, await this.apply(manager, person, action, by));
      });
      return null;
    } catch (error) {
      const refusal = refusalOfWrite(error);
      if (!(refusal instanceof AppError)) throw refusal;
      return { code: refusal.code, title: refusal.message, detail: refusal.detail ?? null };
    }
  }

  private async apply(
    manager: EntityManager,
    person: Person,
    action: BulkAction,
    by: SignedIn,
  ): Promise<readonly ChangeOf[]> {
    if (action.kind === 'delete') return this.writer.remove(manager, person, by);
    const request = await this.requestOf(manager, person, action);
    return (await this.writer.change(manager, person, request, by)).changes;
  }

  private async requestOf(
    manager: EntityManager,
    person: Person,
    action: Exclude<BulkAction, { kind: 'delete' }>,
  ): Promise<UpdatePersonRequest> {
    switch (action.kind) {
      case 'add-to-group':
      case 'remove-from-group': {
        const own = (await this.groups.ofPeople(manager, [person.id])).get(person.id) ?? [];
        const others = own.map(({ id }) => id as typeof action.groupId).filter((id) => id !== action.groupId);
        return { groupIds: action.kind === 'add-to-group' ? [...others, action.groupId] : others };
      }
      case 'suspend':
        return { status: 'suspended', statusReason: action.reason };
      case 'block':
        return { status: 'blocked', statusReason: action.reason };
      case 'activate':
        return { status: 'active' };
      case 'set-department':
        return { department: action.department };
      case 'set-site':
        return { siteId: action.siteId };
      case 'set-valid-until':
        return { validUntil: action.validUntil };
    }
  }
}
