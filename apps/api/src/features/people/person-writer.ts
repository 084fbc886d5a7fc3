import { Injectable } from '@nestjs/common';
import type {
  CreatePersonRequest,
  PersonKind,
  UpdatePersonRequest,
  VisitRecurrence,
} from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import type { Access } from '../../platform/auth/access';
import type { ChangeOf } from '../../platform/change-feed/change-feed';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { CustomFieldsService } from '../custom-fields/custom-fields.service';
import { GroupsRepository } from '../groups/groups.repository';
import { accountOf } from './person-account';
import {
  NEW_PERSON,
  belongsAtDoors,
  changedFields,
  fieldsAfter,
  fieldsOf,
  type PersonFields,
} from './person-fields';
import { PeopleRepository } from './people.repository';
import { Person } from './person.entity';

/** Who writes: somebody with rights. */
export type Writer = Actor & { readonly access: Access };

/** What a new person is: an employee, or a visitor with the hours of their visit. */
export interface PersonOrigin {
  readonly kind: PersonKind;
  readonly recurrence: VisitRecurrence | null;
  /** An id that they had before they came here, a UUIDv7 that nobody else has; absent: a new one. */
  readonly id?: string;
}

/** What a write has done; the caller tells the change feed of `changes`, last in the transaction. */
export interface Written {
  readonly person: Person;
  /** Names of what changed; empty when nothing did, and then nothing was written. */
  readonly changed: readonly string[];
  readonly changes: readonly ChangeOf[];
}

/** Writes people in the caller's transaction: checks, row, groups, account. The one way in which a person changes. */
@Injectable()
export class PersonWriter {
  constructor(
    private readonly people: PeopleRepository,
    private readonly groups: GroupsRepository,
    private readonly customFields: CustomFieldsService,
    private readonly audit: Audit,
  ) {}

  /** @throws {AppError} `auth/forbidden`, `people/…` that says which value is wrong */
  async create(
    manager: EntityManager,
    request: CreatePersonRequest,
    by: Writer,
    { kind, recurrence, id = newId() }: PersonOrigin = { kind: 'employee', recurrence: null },
  ): Promise<Written> {
    const fields = fieldsAfter({ ...NEW_PERSON, name: request.name }, request);
    by.access.require('people:write', fields.siteId);
    await this.customFields.check(manager, request.customFields);
    const now = new Date();
    const person = manager.create(Person, {
      ...fields,
      id,
      kind,
      atDoors: belongsAtDoors(fields, now, recurrence),
      version: 1,
      fieldVersions: {},
      createdAt: now,
      updatedAt: now,
    });
    await manager.insert(Person, person);
    const groupIds = request.groupIds
      ? await this.setGroups(manager, person.id, [], request.groupIds, by)
      : await this.joinByDefault(manager, person);
    const changed = [
      ...changedFields({ ...NEW_PERSON, name: '' }, fields),
      ...(groupIds ? ['groups' as const] : []),
    ];
    await this.audit.record(manager, {
      by,
      action: 'person/created',
      subjectId: person.id,
      siteId: person.siteId,
      after: accountOf(changed, fields, groupIds ?? []),
      details: kind === 'employee' ? {} : { kind },
    });
    return { person, changed, changes: [changeOf(person.id)] };
  }

  /**
   * Changes what the request names.
   *
   * @param person locked by the caller
   * @throws {AppError} `auth/forbidden`, `people/…` that says which value is wrong
   */
  async change(
    manager: EntityManager,
    person: Person,
    request: UpdatePersonRequest,
    by: Writer,
    reason?: string,
  ): Promise<Written> {
    by.access.require('people:write', person.siteId);
    const before = fieldsOf(person);
    const after = fieldsAfter(before, request);
    by.access.require('people:write', after.siteId);
    await this.customFields.check(manager, request.customFields);
    const groupsBefore = ((await this.groups.ofPeople(manager, [person.id])).get(person.id) ?? []).map(
      ({ id }) => id,
    );
    const groupsAfter = await this.setGroups(manager, person.id, groupsBefore, request.groupIds, by);
    const changed = [...changedFields(before, after), ...(groupsAfter ? ['groups' as const] : [])];
    if (changed.length === 0) return { person, changed, changes: [] };
    const recurrence = await this.people.recurrenceOf(manager, person);
    const version = person.version + 1;
    const now = new Date();
    const next = {
      ...after,
      atDoors: belongsAtDoors(after, now, recurrence),
      version,
      fieldVersions: {
        ...person.fieldVersions,
        ...Object.fromEntries(changed.map((name) => [name, version])),
      },
      updatedAt: now,
    };
    await manager.update(Person, { id: person.id }, next);
    await this.audit.record(manager, {
      by,
      action: actionOf(changed, before, after),
      subjectId: person.id,
      siteId: after.siteId,
      before: accountOf(changed, before, groupsBefore),
      after: accountOf(changed, after, groupsAfter ?? groupsBefore),
      reason: reason ?? (changed.includes('statusReason') ? (after.statusReason ?? undefined) : undefined),
      details: { version },
    });
    const changes = groupsAfter
      ? await this.regroupedChanges(manager, person, { atDoors: next.atDoors, groupsBefore, groupsAfter })
      : await this.changesOf(manager, person, next.atDoors);
    return { person: manager.create(Person, { ...person, ...next }), changed, changes };
  }

  /** Deletes a person with all that belongs to them. @param person locked by the caller */
  async remove(manager: EntityManager, person: Person, by: Writer, reason?: string): Promise<ChangeOf[]> {
    by.access.require('people:write', person.siteId);
    const templates = await this.people.templatesOf(manager, person.id);
    await manager.delete(Person, { id: person.id });
    await this.audit.record(manager, {
      by,
      action: 'person/deleted',
      subjectId: person.id,
      siteId: person.siteId,
      reason,
      details: { templates: templates.length },
    });
    return [
      ...templates.map((template) => ({ family: 'template' as const, entityId: template.id, deleted: true })),
      { family: 'person', entityId: person.id, deleted: true, revoked: true },
    ];
  }

  /** The person, and their templates too when doors gain or lose them. */
  async changesOf(manager: EntityManager, person: Person, atDoors: boolean): Promise<ChangeOf[]> {
    if (atDoors === person.atDoors) return [changeOf(person.id)];
    const templates = await this.people.templatesOf(manager, person.id);
    return [
      { ...changeOf(person.id), revoked: !atDoors },
      ...templates.map(({ id }) => templateChangeOf(id)),
    ];
  }

  /** The person with their templates: doors that did not know them may do so now. */
  private async regroupedChanges(
    manager: EntityManager,
    person: Person,
    after: { atDoors: boolean; groupsBefore: readonly string[]; groupsAfter: readonly string[] },
  ): Promise<ChangeOf[]> {
    const leftGroupIds = after.groupsBefore.filter((id) => !after.groupsAfter.includes(id));
    const revoked = after.atDoors === person.atDoors ? {} : { revoked: !after.atDoors };
    return [
      { ...changeOf(person.id), ...revoked, leftGroupIds },
      ...(await this.people.templatesOf(manager, person.id)).map(({ id }) => templateChangeOf(id)),
    ];
  }

  /** What everybody gets needs no right of who adds somebody. */
  private async joinByDefault(manager: EntityManager, { id, siteId }: Person): Promise<string[] | undefined> {
    const groupIds = await this.groups.byDefault(manager, siteId);
    if (groupIds.length === 0) return undefined;
    await this.groups.setOfPerson(manager, id, groupIds);
    return groupIds;
  }

  /** @returns the ids when they differ from what was, else undefined. */
  private async setGroups(
    manager: EntityManager,
    personId: string,
    before: readonly string[],
    given: readonly string[] | undefined,
    by: Writer,
  ): Promise<string[] | undefined> {
    const wanted = given && [...new Set(given)];
    if (!wanted || (wanted.length === before.length && wanted.every((id) => before.includes(id))))
      return undefined;
    const touched = [...wanted, ...before].filter((id) => !wanted.includes(id) || !before.includes(id));
    const groups = await this.groups.share(manager, touched);
    if (groups.length < touched.length) {
      const known = new Set(groups.map((group) => group.id));
      throw new AppError('invalid', 'people/unknown-group', 'There is no such access group.', {
        detail: 'It may have been deleted. Look at the list of groups again.',
        issues: wanted
          .filter((id) => touched.includes(id) && !known.has(id))
          .map((id) => ({ path: 'groupIds', message: `${id} is no group` })),
      });
    }
    // A group opens doors: whoever fills it needs the right where the group holds.
    for (const group of groups) by.access.require('people:write', group.siteId);
    await this.groups.setOfPerson(manager, personId, wanted);
    return wanted;
  }
}

function changeOf(personId: string): ChangeOf {
  return { family: 'person', entityId: personId, deleted: false };
}

function templateChangeOf(templateId: string): ChangeOf {
  return { family: 'template', entityId: templateId, deleted: false };
}

function actionOf(changed: readonly string[], before: PersonFields, after: PersonFields): `person/${string}` {
  if (changed.includes('status')) {
    return after.status === 'active' ? 'person/activated' : `person/${after.status}`;
  }
  return changed.length === 1 && before.name !== after.name ? 'person/renamed' : 'person/changed';
}
