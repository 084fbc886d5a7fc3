import { Injectable } from '@nestjs/common';
import type {
  CreatePersonRequest,
  PeopleQuery,
  UpdatePersonRequest,
  peoplePageSchema,
  personSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { changedMeanwhile, refusalOfWrite } from './people-errors';
import { mayRead } from './person-access';
import { PeopleRepository } from './people.repository';
import { presentPerson } from './person.presenter';
import { PersonWriter } from './person-writer';

type PersonView = z.input<typeof personSchema>;

/** People: who may be recognised. Every change reaches the doors through the change feed. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly changes: ChangeFeed,
  ) {}

  async list(query: PeopleQuery, by: SignedIn): Promise<z.input<typeof peoplePageSchema>> {
    const { records, nextCursor, total } = await this.people.page(query, by.access.reach('people:read'));
    return { items: records.map(presentPerson), nextCursor, total };
  }

  /** @throws {AppError} `people/not-found`, `auth/forbidden` */
  async get(id: string, by: SignedIn): Promise<PersonView> {
    const record = await this.people.get(id);
    mayRead(by, record.person.siteId);
    return presentPerson(record);
  }

  /** @throws {AppError} `auth/forbidden`, `people/…` that says which value is wrong */
  async create(request: CreatePersonRequest, by: SignedIn): Promise<PersonView> {
    return this.write(async (manager) => {
      const { person, changes } = await this.writer.create(manager, request, by);
      const record = await this.people.get(person.id, manager);
      await this.changes.record(manager, changes);
      return presentPerson(record);
    });
  }

  /**
   * Changes what the request names, and nothing else.
   *
   * @throws {AppError} `people/not-found`, `auth/forbidden`, `people/changed-meanwhile` when the request was made on
   *   another version, `people/…` that says which value is wrong
   */
  async update(id: string, { version, ...request }: UpdatePersonRequest, by: SignedIn): Promise<PersonView> {
    return this.write(async (manager) => {
      const person = await this.people.lock(manager, id);
      by.access.require('people:write', person.siteId);
      if (version !== undefined && version !== person.version) throw changedMeanwhile(person, version);
      const { changes } = await this.writer.change(manager, person, request, by);
      const record = await this.people.get(id, manager);
      await this.changes.record(manager, changes);
      return presentPerson(record);
    });
  }

  /** Deletes a person with their templates and picture; doors are told to forget them. Events stay, without a name. */
  async remove(id: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, id);
      await this.changes.record(manager, await this.writer.remove(manager, person, by));
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
