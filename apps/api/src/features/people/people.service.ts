import { Injectable } from '@nestjs/common';
import type { PeopleQuery, peoplePageSchema, personSchema } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { newId } from '../../platform/database/uuid';
import { PeopleRepository } from './people.repository';
import { Person } from './person.entity';
import { presentPerson } from './person.presenter';
import { Template } from './template.entity';

type PersonView = z.input<typeof personSchema>;

/** People: who may be recognised. Every change reaches the doors through the change feed. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleRepository,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  async list(query: PeopleQuery): Promise<z.input<typeof peoplePageSchema>> {
    const { records, nextCursor, total } = await this.people.page(query);
    return { items: records.map(presentPerson), nextCursor, total };
  }

  async get(id: string): Promise<PersonView> {
    return presentPerson(await this.people.get(id));
  }

  async create(name: string, by: SignedIn): Promise<PersonView> {
    by.access.require('people:write', null);
    return this.dataSource.transaction(async (manager) => {
      const person = await this.add(manager, name, by);
      await this.changes.record(manager, [{ family: 'person', entityId: person.id, deleted: false }]);
      return presentPerson({ person, templates: [], portrait: null });
    });
  }

  /** Adds a person in the caller's transaction, who tells the change feed of it. */
  async add(manager: EntityManager, name: string, by: SignedIn): Promise<Person> {
    const now = new Date();
    const person = manager.create(Person, {
      id: newId(),
      name: name.normalize('NFC'),
      createdAt: now,
      updatedAt: now,
    });
    await manager.insert(Person, person);
    await this.audit.record(manager, {
      by,
      action: 'person/created',
      subjectId: person.id,
    });
    return person;
  }

  async rename(id: string, name: string, by: SignedIn): Promise<PersonView> {
    by.access.require('people:write', null);
    return this.dataSource.transaction(async (manager) => {
      await this.people.lock(manager, id);
      await manager.update(Person, { id }, { name: name.normalize('NFC'), updatedAt: new Date() });
      await this.audit.record(manager, {
        by,
        action: 'person/renamed',
        subjectId: id,
      });
      const record = await this.people.get(id, manager);
      await this.changes.record(manager, [{ family: 'person', entityId: id, deleted: false }]);
      return presentPerson(record);
    });
  }

  /** Deletes a person with their templates and picture; doors are told to forget them. Events stay, without a name. */
  async remove(id: string, by: SignedIn): Promise<void> {
    by.access.require('people:write', null);
    await this.dataSource.transaction(async (manager) => {
      await this.people.lock(manager, id);
      const templates = await manager.findBy(Template, { personId: id });
      await manager.delete(Person, { id });
      await this.audit.record(manager, {
        by,
        action: 'person/deleted',
        subjectId: id,
        details: { templates: templates.length },
      });
      await this.changes.record(manager, [
        ...templates.map((template) => ({
          family: 'template' as const,
          entityId: template.id,
          deleted: true,
        })),
        { family: 'person', entityId: id, deleted: true },
      ]);
    });
  }
}
