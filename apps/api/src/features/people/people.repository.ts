import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../platform/database/cursor';
import { AppError } from '../../platform/errors/app-error';
import { Person } from './person.entity';
import type { PersonRecord } from './person.presenter';
import { Portrait } from './portrait.entity';
import { Template } from './template.entity';

const cursorSchema = z.tuple([z.string().refine(isStorable), z.uuid()]);

/** PostgreSQL's text has no NUL. */
function isStorable(text: string): boolean {
  return !text.includes('\0');
}

/** One page of people. */
export interface PeoplePageRecords {
  readonly records: PersonRecord[];
  readonly nextCursor: string | null;
  /** Of all pages together. */
  readonly total: number;
}

/** The only place that reads and writes people. */
@Injectable()
export class PeopleRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** People by name, then id; `search` is a part of the name, in any case. */
  async page(query: { search?: string; cursor?: string; limit: number }): Promise<PeoplePageRecords> {
    const total = await this.matching(query.search).getCount();
    const builder = this.matching(query.search)
      .orderBy('person.name')
      .addOrderBy('person.id')
      .limit(query.limit + 1);
    if (query.cursor !== undefined) {
      const [name, id] = decodeCursor(query.cursor, cursorSchema);
      builder.andWhere('(person.name, person.id) > (:name, :id)', { name, id });
    }
    const found = await builder.getMany();
    const people = found.slice(0, query.limit);
    const last = people.at(-1);
    const nextCursor = found.length > query.limit && last ? encodeCursor([last.name, last.id]) : null;
    return { records: await this.complete(this.dataSource.manager, people), nextCursor, total };
  }

  /** @throws {AppError} `people/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<PersonRecord> {
    const person = await manager.findOneBy(Person, { id });
    const [record] = person ? await this.complete(manager, [person]) : [];
    if (!record) throw personNotFound();
    return record;
  }

  /** Keeps a person from being changed or deleted by others until the transaction ends. @throws `people/not-found` */
  async lock(manager: EntityManager, id: string): Promise<Person> {
    const person = await manager.findOne(Person, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!person) throw personNotFound();
    return person;
  }

  /** The sealed picture of a person's face, or null. */
  async sealedPortrait(personId: string): Promise<Buffer | null> {
    const portrait = await this.dataSource
      .getRepository(Portrait)
      .findOne({ where: { personId }, select: { personId: true, sealedJpeg: true } });
    return portrait?.sealedJpeg ?? null;
  }

  /** How many templates of a model there are, of all people together. */
  async templateCount(modelId: string): Promise<number> {
    return this.dataSource.getRepository(Template).countBy({ modelId });
  }

  private matching(search = ''): SelectQueryBuilder<Person> {
    const builder = this.dataSource.getRepository(Person).createQueryBuilder('person');
    if (!isStorable(search)) return builder.where('false');
    if (search !== '') {
      const pattern = `%${search.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`;
      builder.where('person.name ILIKE :pattern', { pattern });
    }
    return builder;
  }

  private async complete(manager: EntityManager, people: readonly Person[]): Promise<PersonRecord[]> {
    if (people.length === 0) return [];
    const personId = In(people.map((person) => person.id));
    const templates = await manager.find(Template, {
      where: { personId },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const portraits = await manager.find(Portrait, { where: { personId } });
    return people.map((person) => ({
      person,
      templates: templates.filter((template) => template.personId === person.id),
      portrait: portraits.find((portrait) => portrait.personId === person.id) ?? null,
    }));
  }
}

/** There is no such person, or not any more. */
export function personNotFound(): AppError {
  return new AppError('not-found', 'people/not-found', 'There is no such person.');
}
