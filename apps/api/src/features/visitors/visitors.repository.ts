import { Injectable } from '@nestjs/common';
import type { VisitorsQuery } from '@munjigi/contracts';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { AppError } from '../../platform/errors/app-error';
import { PeopleRepository } from '../people/people.repository';
import { Person } from '../people/person.entity';
import type { PersonRecord } from '../people/person.presenter';
import { Visit } from './visit.entity';

/** A visit with who visits whom. */
export interface VisitRecord {
  readonly visit: Visit;
  readonly person: PersonRecord;
  readonly host: Person | null;
}

const LISTED_MAX = 500;

/** The only place that reads and writes visits. */
@Injectable()
export class VisitorsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleRepository,
  ) {}

  /** Visits that touch a day, by when they begin. */
  async onDay(
    { day, timeZone, siteId }: VisitorsQuery & { day: string },
    reach: Reach,
  ): Promise<VisitRecord[]> {
    const weekday = new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
      weekday: 'long',
      timeZone: 'UTC',
    });
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT person.id FROM visit JOIN person ON person.id = visit.person_id
       WHERE valid_from < ($1::date + 1)::timestamp AT TIME ZONE $2
         AND valid_until > $1::date::timestamp AT TIME ZONE $2
         AND coalesce(ended_at > $1::date::timestamp AT TIME ZONE $2, true)
         AND (recurrence IS NULL OR jsonb_exists(recurrence->'days', $3))
         AND ($4::uuid IS NULL OR site_id = $4)
         AND ($5::uuid[] IS NULL OR site_id IS NULL OR site_id = ANY($5))
       ORDER BY valid_from, person.id LIMIT ${LISTED_MAX}`,
      [day, timeZone, weekday.toLowerCase(), siteId ?? null, reach === 'everywhere' ? null : reach],
    );
    return this.complete(
      this.dataSource.manager,
      rows.map(({ id }) => id),
    );
  }

  /** @throws {AppError} `visitors/not-found` */
  async get(personId: string, manager: EntityManager = this.dataSource.manager): Promise<VisitRecord> {
    const [record] = await this.complete(manager, [personId]);
    if (!record) throw visitorNotFound();
    return record;
  }

  private async complete(manager: EntityManager, personIds: readonly string[]): Promise<VisitRecord[]> {
    const visits = await manager.findBy(Visit, { personId: In([...personIds]) });
    const hosts = await manager.findBy(Person, { id: In(visits.flatMap(({ hostId }) => hostId ?? [])) });
    const people = await this.people.getAll(
      manager,
      visits.map(({ personId }) => personId),
    );
    return personIds.flatMap((id) => {
      const visit = visits.find(({ personId }) => personId === id);
      const person = people.find((record) => record.person.id === id);
      const host = hosts.find((each) => each.id === visit?.hostId) ?? null;
      return visit && person ? [{ visit, person, host }] : [];
    });
  }
}

/** There is no such visitor, or not any more. */
export function visitorNotFound(): AppError {
  return new AppError('not-found', 'visitors/not-found', 'There is no such visitor.');
}
