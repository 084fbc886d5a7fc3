import { Injectable } from '@nestjs/common';
import type {
  CreateVisitorRequest,
  ExtendVisitRequest,
  VisitorsQuery,
  visitorListSchema,
  visitorSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed, type ChangeOf } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import { canRead } from '../people/person-access';
import { refusalOfWrite } from '../people/people-errors';
import { PeopleRepository } from '../people/people.repository';
import { presentPerson } from '../people/person.presenter';
import type { Person } from '../people/person.entity';
import { PersonWriter } from '../people/person-writer';
import { VisitEnds } from './visit-ends';
import { Visit } from './visit.entity';
import { VisitorsRepository, type VisitRecord } from './visitors.repository';

type VisitorView = z.input<typeof visitorSchema>;

/** Visitors: people who come for a time, to a host. */
@Injectable()
export class VisitorsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly visitors: VisitorsRepository,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly ends: VisitEnds,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  /** Who is expected on a day, today unless the query says which. */
  async list(query: VisitorsQuery, by: SignedIn): Promise<z.input<typeof visitorListSchema>> {
    const day = query.day ?? today(query.timeZone);
    const records = await this.visitors.onDay({ ...query, day }, by.access.reach('people:read'));
    return { items: records.map((record) => presentVisitor(record, by)) };
  }

  /** @throws {AppError} `visitors/not-found`, `auth/forbidden` */
  async get(id: string, by: SignedIn): Promise<VisitorView> {
    const record = await this.visitors.get(id);
    if (!canRead(by, record.person.person.siteId))
      by.access.require('people:read', record.person.person.siteId);
    return presentVisitor(record, by);
  }

  /** @throws {AppError} `visitors/unknown-host`, `auth/forbidden`, `people/…` that says which value is wrong */
  async create(request: CreateVisitorRequest, by: SignedIn): Promise<VisitorView> {
    const { hostId, purpose, company, recurrence, from, until, ...person } = request;
    return this.write(by, async (manager) => {
      await this.checkHost(manager, hostId, by);
      const fields = { ...person, validFrom: from, validUntil: until };
      const written = await this.writer.create(manager, fields, by, { kind: 'visitor', recurrence });
      const personId = written.person.id;
      const visit = { personId, hostId, purpose, company, recurrence, endedAt: null, forgottenAt: null };
      await manager.insert(Visit, visit);
      await this.audit.record(manager, {
        by,
        action: 'visitor/created',
        subjectId: personId,
        siteId: person.siteId,
        details: { hostId, from, until, recurrence },
      });
      return { personId, changes: written.changes };
    });
  }

  /**
   * Lets a visit last longer, also one that is over already.
   *
   * @throws {AppError} `visitors/not-found`, `visitors/not-longer` unless the new end is later than the old, and to come
   */
  async extend(id: string, { until, reason }: ExtendVisitRequest, by: SignedIn): Promise<VisitorView> {
    return this.change(id, by, async (manager, person) => {
      const end = new Date(until);
      if ((person.validUntil && end <= person.validUntil) || end <= new Date()) {
        throw new AppError('invalid', 'visitors/not-longer', 'The new end is not later.', {
          detail: `The visit ends ${person.validUntil?.toISOString() ?? 'never'}. Give a later end, in the future.`,
          issues: [{ path: 'until', message: 'must be later than the visit’s end and than now' }],
        });
      }
      const { visit } = await this.visitors.get(id, manager);
      await manager.update(Visit, { personId: id }, { endedAt: null, forgottenAt: null });
      // Whoever was suspended or blocked by hand while the visit lasted stays so.
      const status = visit.endedAt && person.status === 'suspended' ? ({ status: 'active' } as const) : {};
      return (await this.writer.change(manager, person, { validUntil: until, ...status }, by, reason))
        .changes;
    });
  }

  /** Ends a visit now; one that is over stays as it is. @throws {AppError} `visitors/not-found` */
  async end(id: string, reason: string | undefined, by: SignedIn): Promise<VisitorView> {
    return this.change(id, by, async (manager, person) => {
      const { visit } = await this.visitors.get(id, manager);
      return visit.endedAt ? [] : this.ends.end(manager, person, by, { at: new Date(), reason });
    });
  }

  private change(
    id: string,
    by: SignedIn,
    work: (manager: EntityManager, person: Person) => Promise<readonly ChangeOf[]>,
  ): Promise<VisitorView> {
    return this.write(by, async (manager) => {
      // That there is such a visitor, before anything is said of who they are.
      await this.visitors.get(id, manager);
      const person = await this.people.lock(manager, id);
      by.access.require('people:write', person.siteId);
      return { personId: id, changes: await work(manager, person) };
    });
  }

  private async write(
    by: SignedIn,
    work: (manager: EntityManager) => Promise<{ personId: string; changes: readonly ChangeOf[] }>,
  ): Promise<VisitorView> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const { personId, changes } = await work(manager);
        const record = await this.visitors.get(personId, manager);
        await this.changes.record(manager, changes);
        return presentVisitor(record, by);
      });
    } catch (error) {
      throw refusalOfWrite(error);
    }
  }

  /** A host is an active employee whom the asker may see. */
  private async checkHost(manager: EntityManager, hostId: string, by: SignedIn): Promise<void> {
    const host = await this.people.find(manager, hostId);
    if (host?.kind === 'employee' && host.status === 'active' && canRead(by, host.siteId)) return;
    throw new AppError('invalid', 'visitors/unknown-host', 'There is no such host.', {
      detail: 'A host is an active employee.',
      issues: [{ path: 'hostId', message: 'is no active employee' }],
    });
  }
}

/** A visitor as the wire has it; a host whom the asker may not see is not named. */
function presentVisitor({ visit, person, host }: VisitRecord, by: SignedIn): VisitorView {
  const { purpose, company, recurrence, endedAt, forgottenAt } = visit;
  return {
    person: presentPerson(person),
    host: host && canRead(by, host.siteId) ? { id: host.id, name: host.name } : null,
    purpose,
    company,
    recurrence,
    endedAt: endedAt?.toISOString() ?? null,
    forgottenAt: forgottenAt?.toISOString() ?? null,
  };
}

function today(timeZone: string): string {
  return new Date().toLocaleDateString('sv-SE', { timeZone });
}
