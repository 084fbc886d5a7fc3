import { Injectable } from '@nestjs/common';
import type { PeopleQuery, VisitRecurrence } from '@munjigi/contracts';
import { DataSource, In, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { decodeCursor, encodeCursor } from '../../platform/database/cursor';
import { GroupsRepository } from '../groups/groups.repository';
import { AppError } from '../../platform/errors/app-error';
import { noPortrait, personNotFound } from './people-errors';
import { cutPeople } from './people-filter';
import { PeopleOrder } from './people-order';
import { EnrolmentCrop } from './enrolment-crop.entity';
import { PersonActivity } from './person-activity.entity';
import { Person } from './person.entity';
import type { PersonRecord } from './person.presenter';
import { Portrait } from './portrait.entity';
import { Template } from './template.entity';

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
  constructor(
    private readonly dataSource: DataSource,
    private readonly groups: GroupsRepository,
  ) {}

  /** Those of the people within reach who the query names, in its order. */
  async page(query: PeopleQuery, reach: Reach): Promise<PeoplePageRecords> {
    const order = new PeopleOrder(query);
    const builder = cutPeople(this.select(), query, reach)
      .orderBy(order.expression, order.direction)
      .addOrderBy('person.id', order.direction)
      .limit(query.limit + 1);
    if (query.cursor !== undefined) {
      const [, value, id] = decodeCursor(query.cursor, order.cursorSchema);
      builder.andWhere(order.after, { value, id });
    }
    const [found, total] = await Promise.all([builder.getMany(), this.count(query, reach)]);
    const records = await this.complete(this.dataSource.manager, found.slice(0, query.limit));
    const last = found.length > query.limit ? records.at(-1) : undefined;
    return {
      records,
      nextCursor: last ? encodeCursor(order.placeOf(last.person, last.lastGrantedAt)) : null,
      total,
    };
  }

  /** How many people the query names. Not TypeORM's count, which sorts a hundred thousand ids to find each once. */
  private async count(query: PeopleQuery, reach: Reach): Promise<number> {
    const counted = await cutPeople(this.select(), query, reach)
      .select('count(*)::int', 'total')
      .getRawOne<{ total: number }>();
    return counted?.total ?? 0;
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
    const person = await this.find(manager, id);
    if (!person) throw personNotFound();
    return person;
  }

  /** As {@link lock}, or null when there is no such person. */
  find(manager: EntityManager, id: string): Promise<Person | null> {
    return manager.findOne(Person, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Those of the people who exist, in no order. */
  async getAll(manager: EntityManager, ids: readonly string[]): Promise<PersonRecord[]> {
    return this.complete(manager, await manager.findBy(Person, { id: In([...ids]) }));
  }

  /** The hours of a visitor's visit, or null. */
  async recurrenceOf(manager: EntityManager, { id, kind }: Person): Promise<VisitRecurrence | null> {
    if (kind !== 'visitor') return null;
    const [row] = await manager.query<{ recurrence: VisitRecurrence | null }[]>(
      'SELECT recurrence FROM visit WHERE person_id = $1',
      [id],
    );
    return row?.recurrence ?? null;
  }

  /** The sealed picture of a person's face and the site they belong to; null when none is kept, or there is nobody. */
  async sealedPortrait(personId: string): Promise<{ sealedJpeg: Buffer; siteId: string | null } | null> {
    const [row] = await this.dataSource.query<{ sealed_jpeg: Buffer; site_id: string | null }[]>(
      'SELECT sealed_jpeg, site_id FROM portrait JOIN person ON person.id = person_id WHERE person_id = $1',
      [personId],
    );
    return row ? { sealedJpeg: row.sealed_jpeg, siteId: row.site_id } : null;
  }

  /** How many templates of a model a door is sent: those of the people who have a way through it. */
  async templateCountAt(doorId: string, modelId: string): Promise<number> {
    const [row] = await this.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::integer AS count FROM template WHERE model_id = $2 AND EXISTS (
         SELECT FROM access_group_member AS member JOIN door_reach AS reach USING (group_id)
         WHERE member.person_id = template.person_id AND reach.door_id = $1 AND reach.reaches)`,
      [doorId, modelId],
    );
    return row.count;
  }

  /** A person's templates, without their content. */
  templatesOf(manager: EntityManager, personId: string): Promise<Template[]> {
    return manager.find(Template, { where: { personId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** @throws {AppError} `enrolment/no-such-template` */
  async removeTemplate(manager: EntityManager, personId: string, id: string): Promise<void> {
    const { affected } = await manager.delete(Template, { id, personId });
    if (!affected) {
      throw new AppError('not-found', 'enrolment/no-such-template', 'This person has no such template.');
    }
  }

  /** Deletes a person's templates and pictures. @returns the templates' ids, for the change feed */
  async removeBiometrics(manager: EntityManager, personId: string): Promise<string[]> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      'DELETE FROM template WHERE person_id = $1 RETURNING id',
      [personId],
    );
    await manager.delete(EnrolmentCrop, { personId });
    await manager.delete(Portrait, { personId });
    await manager.query('DELETE FROM event_picture WHERE person_id = $1', [personId]);
    await manager.update(Person, { id: personId }, { updatedAt: new Date() });
    return rows.map((row) => row.id);
  }

  /** @throws {AppError} `people/no-portrait` */
  async removePortrait(manager: EntityManager, personId: string): Promise<void> {
    const { affected } = await manager.delete(Portrait, { personId });
    if (!affected) throw noPortrait();
  }

  private select(): SelectQueryBuilder<Person> {
    return this.dataSource
      .getRepository(Person)
      .createQueryBuilder('person')
      .leftJoin(PersonActivity, 'activity', 'activity.person_id = person.id');
  }

  private async complete(manager: EntityManager, people: readonly Person[]): Promise<PersonRecord[]> {
    if (people.length === 0) return [];
    const ids = people.map((person) => person.id);
    const personId = In(ids);
    const templates = await manager.find(Template, {
      where: { personId },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const besides = await besidesOf(manager, ids);
    const groups = await this.groups.ofPeople(manager, ids);
    return people.map((person) => {
      const { portrait_at: updatedAt, last_granted_at: lastGrantedAt } = besides.get(person.id) ?? NOTHING;
      return {
        person,
        groups: groups.get(person.id) ?? [],
        templates: templates.filter((template) => template.personId === person.id),
        portrait: updatedAt && { updatedAt },
        lastGrantedAt,
      };
    });
  }
}

/** What else is shown of a person: when their picture was made, and when a door last let them in. */
interface Besides {
  readonly portrait_at: Date | null;
  readonly last_granted_at: Date | null;
}

const NOTHING: Besides = { portrait_at: null, last_granted_at: null };

async function besidesOf(
  manager: EntityManager,
  personIds: readonly string[],
): Promise<Map<string, Besides>> {
  const rows = await manager.query<(Besides & { id: string })[]>(
    `SELECT given.id, portrait.updated_at AS portrait_at, activity.last_granted_at
     FROM unnest($1::uuid[]) AS given (id)
     LEFT JOIN portrait ON portrait.person_id = given.id
     LEFT JOIN person_activity AS activity ON activity.person_id = given.id`,
    [personIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
