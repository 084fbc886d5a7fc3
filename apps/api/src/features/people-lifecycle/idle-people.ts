import { Injectable } from '@nestjs/common';
import type { idlePeopleSchema } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { Settings } from '../../platform/settings/settings';
import { PeopleRepository } from '../people/people.repository';
import { PersonWriter } from '../people/person-writer';
import { systemWriter } from '../people/system-writer';
import { IdleNotifier, type IdlePerson } from './idle-notifier';
import { PEOPLE_SETTINGS } from './people-settings';

const PAGE = 200;
const BY = systemWriter('idle');

/** Whom idleness is looked for in, with their activity. */
const WATCHED = `person LEFT JOIN person_activity AS activity ON activity.person_id = person.id
  WHERE person.kind = 'employee' AND person.status = 'active' AND NOT person.idle_exempt`;
const SEEN = 'coalesce(activity.last_granted_at, person.created_at)';

/** Suspends people whom no door has let in for long, after notice. */
@Injectable()
export class IdlePeople {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: Settings,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly notifier: IdleNotifier,
  ) {}

  /** Takes back notices that no longer hold, gives new ones, and suspends whose day has come. */
  async run(at: Date): Promise<{ noticed: number; suspended: number }> {
    const { idleDays, idleNoticeDays } = await this.settings.get(PEOPLE_SETTINGS);
    await this.dataSource.query(
      `DELETE FROM idle_notice WHERE $1::integer IS NULL OR NOT EXISTS (
         SELECT FROM ${WATCHED} AND person.id = idle_notice.person_id AND ${SEEN} < noticed_at)`,
      [idleDays],
    );
    if (idleDays === null) return { noticed: 0, suspended: 0 };
    const noticed = await this.notice(at, { idleDays, idleNoticeDays });
    return { noticed, suspended: await this.suspend(at, idleDays) };
  }

  /** Who will be suspended, of the people whom somebody may see. */
  async list(by: SignedIn): Promise<z.input<typeof idlePeopleSchema>> {
    const reach = by.access.reach('people:read');
    const rows = await this.dataSource.query<
      { id: string; name: string; last_granted_at: Date | null; noticed_at: Date; due_at: Date }[]
    >(
      `SELECT person.id, person.name, activity.last_granted_at, noticed_at, due_at
       FROM idle_notice JOIN person ON person.id = idle_notice.person_id
       LEFT JOIN person_activity AS activity ON activity.person_id = person.id
       WHERE $1::uuid[] IS NULL OR person.site_id IS NULL OR person.site_id = ANY($1)
       ORDER BY due_at, person.id LIMIT 1000`,
      [reach === 'everywhere' ? null : reach],
    );
    return {
      items: rows.map((row) => ({
        personId: row.id,
        name: row.name,
        lastGrantedAt: row.last_granted_at?.toISOString() ?? null,
        noticedAt: row.noticed_at.toISOString(),
        dueAt: row.due_at.toISOString(),
      })),
    };
  }

  /** A notice always leaves its full time, however long somebody has been idle already. */
  private async notice(
    at: Date,
    { idleDays, idleNoticeDays }: { idleDays: number; idleNoticeDays: number },
  ): Promise<number> {
    const noticed = await this.dataSource.transaction(async (manager) => {
      const rows = await manager.query<
        (Omit<IdlePerson, 'dueAt'> & { site_id: string | null; due_at: Date })[]
      >(
        `WITH made AS (
           INSERT INTO idle_notice (person_id, noticed_at, due_at)
           SELECT person.id, $1::timestamptz, greatest(
             ${SEEN} + make_interval(days => $2), $1::timestamptz + make_interval(days => $3))
           FROM ${WATCHED} AND ${SEEN} < $1::timestamptz - make_interval(days => greatest(0, $2 - $3))
           ON CONFLICT (person_id) DO NOTHING RETURNING person_id, due_at)
         SELECT id, name, email, site_id, due_at FROM made JOIN person ON person.id = made.person_id`,
        [at, idleDays, idleNoticeDays],
      );
      for (const row of rows) {
        await this.audit.record(manager, {
          by: BY,
          action: 'person/idle-noticed',
          subjectId: row.id,
          siteId: row.site_id,
          details: { dueAt: row.due_at.toISOString() },
        });
      }
      return rows.map(({ id, name, email, due_at: dueAt }) => ({ id, name, email, dueAt }));
    });
    if (noticed.length > 0) await this.notifier.tell(noticed);
    return noticed.length;
  }

  private async suspend(at: Date, idleDays: number): Promise<number> {
    let suspended = 0;
    for (;;) {
      const count = await this.dataSource.transaction((manager) => this.suspendPage(manager, at, idleDays));
      suspended += count;
      if (count < PAGE) return suspended;
    }
  }

  private async suspendPage(manager: EntityManager, at: Date, idleDays: number): Promise<number> {
    const due = await manager.query<{ person_id: string }[]>(
      `SELECT person_id FROM idle_notice WHERE due_at <= $1 ORDER BY due_at, person_id LIMIT ${PAGE} FOR UPDATE SKIP LOCKED`,
      [at],
    );
    const changes = [];
    for (const { person_id: id } of due) {
      const person = await this.people.lock(manager, id);
      const request = { status: 'suspended', statusReason: `Not seen for ${idleDays} days` } as const;
      changes.push(...(await this.writer.change(manager, person, request, BY)).changes);
    }
    await manager.query('DELETE FROM idle_notice WHERE person_id = ANY($1)', [
      due.map((row) => row.person_id),
    ]);
    await this.changes.record(manager, changes);
    return due.length;
  }
}
