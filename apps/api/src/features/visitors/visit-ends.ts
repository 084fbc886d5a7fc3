import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import { ChangeFeed, type ChangeOf } from '../../platform/change-feed/change-feed';
import { Settings } from '../../platform/settings/settings';
import { PEOPLE_SETTINGS } from '../people-lifecycle/people-settings';
import { PeopleRepository } from '../people/people.repository';
import type { Person } from '../people/person.entity';
import { PersonWriter, type Writer } from '../people/person-writer';
import { systemWriter } from '../people/system-writer';
import { Visit } from './visit.entity';

const BY = systemWriter('visits');

/** Ends visits: the visitor is suspended, and forgotten after as long as the settings keep their templates. */
@Injectable()
export class VisitEnds {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: Settings,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  /** Ends the visits whose time is over at that instant, and forgets those that ended long enough ago. */
  async run(at: Date): Promise<{ ended: number; forgotten: number }> {
    const { visitorTemplatesKeptDays: keptDays } = await this.settings.get(PEOPLE_SETTINGS);
    const over = await this.dataSource.query<{ id: string }[]>(
      `SELECT person.id FROM visit JOIN person ON person.id = visit.person_id
       WHERE ended_at IS NULL AND forgotten_at IS NULL AND valid_until <= $1`,
      [at],
    );
    for (const { id } of over)
      await this.each(id, (manager, person) => this.end(manager, person, BY, { at }));
    const old = await this.dataSource.query<{ id: string }[]>(
      `SELECT person_id AS id FROM visit
       WHERE forgotten_at IS NULL AND ended_at <= $1::timestamptz - make_interval(days => $2)`,
      [at, keptDays],
    );
    for (const { id } of old) await this.each(id, (manager, person) => this.forget(manager, person, at));
    return { ended: over.length, forgotten: old.length };
  }

  /** Suspends a visitor in the caller's transaction, who tells the change feed. @param person locked by the caller */
  async end(
    manager: EntityManager,
    person: Person,
    by: Writer,
    { at, reason }: { at: Date; reason?: string },
  ): Promise<readonly ChangeOf[]> {
    await manager.update(Visit, { personId: person.id }, { endedAt: at });
    if (person.status !== 'active') return [];
    const request = { status: 'suspended', statusReason: reason ?? 'The visit is over' } as const;
    return (await this.writer.change(manager, person, request, by)).changes;
  }

  private async forget(manager: EntityManager, person: Person, at: Date): Promise<ChangeOf[]> {
    const templates = await this.people.templatesOf(manager, person.id);
    for (const { id } of templates) await this.people.removeTemplate(manager, person.id, id);
    await manager.query('DELETE FROM portrait WHERE person_id = $1', [person.id]);
    await manager.update(Visit, { personId: person.id }, { forgottenAt: at });
    await this.audit.record(manager, {
      by: BY,
      action: 'visitor/forgotten',
      subjectId: person.id,
      siteId: person.siteId,
      details: { templates: templates.length },
    });
    return templates.map(({ id }) => ({ family: 'template', entityId: id, deleted: true }));
  }

  /** One visit, one transaction; who was deleted meanwhile is passed over. */
  private async each(
    id: string,
    work: (manager: EntityManager, person: Person) => Promise<readonly ChangeOf[]>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await this.people.find(manager, id);
      if (person) await this.changes.record(manager, await work(manager, person));
    });
  }
}
