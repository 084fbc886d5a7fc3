import { Injectable } from '@nestjs/common';
import type { RetentionSettings } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { systemActor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { Settings } from '../../platform/settings/settings';
import { EventPartitions } from '../events/event-partitions';
import { daysOf, RETENTION_SETTINGS } from './retention-settings';

const DAY_MS = 24 * 60 * 60_000;
/** Rows that one transaction removes. */
const BATCH = 500;

/** How many things were removed because their time was over. */
export interface Removed {
  /** Whole months count by the database's estimate. */
  readonly events: number;
  readonly images: number;
  readonly templates: number;
}

/** Removes what is kept longer than the settings of retention allow. */
@Injectable()
export class Retention {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: Settings,
    private readonly events: EventPartitions,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  /** Whether pictures of enrolments are kept of people of a site. */
  async keepsImages(manager: EntityManager, siteId: string | null): Promise<boolean> {
    return daysOf(await this.settings.get(RETENTION_SETTINGS, manager), 'image', siteId) !== null;
  }

  /** Removes what is too old at that instant, and accounts for it. */
  async run(now = new Date(), signal?: AbortSignal): Promise<Removed> {
    const settings = await this.settings.get(RETENTION_SETTINGS);
    if (settings.rules.length === 0) return { events: 0, images: 0, templates: 0 };
    const sites = await this.dataSource.query<{ id: string }[]>('SELECT id FROM site ORDER BY id');
    const siteIds = sites.map((site) => site.id);
    const removed = { events: await this.removeEvents(settings, siteIds, now), images: 0, templates: 0 };
    for (const siteId of [null, ...siteIds]) {
      signal?.throwIfAborted();
      const images = daysOf(settings, 'image', siteId);
      if (images !== null) removed.images += await this.removeImages(siteId, daysBefore(now, images));
      const events = daysOf(settings, 'event', siteId);
      if (events !== null && siteId !== null)
        removed.images += await this.removeEventPictures(siteId, daysBefore(now, events));
      const templates = daysOf(settings, 'template', siteId);
      if (templates !== null)
        removed.templates += await this.removeTemplates(siteId, daysBefore(now, templates));
    }
    await this.account(removed);
    return removed;
  }

  private async removeEvents(
    settings: RetentionSettings,
    siteIds: readonly string[],
    now: Date,
  ): Promise<number> {
    const days = siteIds.map((siteId) => [siteId, daysOf(settings, 'event', siteId)] as const);
    const kept = days.map(([, each]) => each);
    if (kept.every((each) => each === null)) return 0;
    // Whole months go at once up to where no site keeps anything; the rest goes by site.
    if (!kept.includes(null)) {
      const longest = Math.max(...kept.map((each) => each ?? 0));
      const all = await this.events.dropEventsBefore(daysBefore(now, longest));
      return (
        all.removed +
        (await this.removeBySite(
          days.filter(([, each]) => each !== longest),
          now,
        ))
      );
    }
    return this.removeBySite(days, now);
  }

  private async removeBySite(
    days: readonly (readonly [string, number | null])[],
    now: Date,
  ): Promise<number> {
    let removed = 0;
    for (const [siteId, each] of days) {
      if (each === null) continue;
      removed += (await this.events.dropEventsBefore(daysBefore(now, each), siteId)).removed;
    }
    return removed;
  }

  private async removeImages(siteId: string | null, before: Date): Promise<number> {
    const of = `USING person WHERE person.id = person_id AND person.site_id IS NOT DISTINCT FROM $1`;
    let removed = 0;
    for (const [table, column] of [
      ['enrolment_crop', 'created_at'],
      ['portrait', 'updated_at'],
    ] as const) {
      const [, count] = await this.dataSource.query<[unknown, number]>(
        `DELETE FROM ${table} ${of} AND ${table}.${column} < $2`,
        [siteId, before],
      );
      removed += count;
    }
    return removed + (siteId === null ? 0 : await this.removeEventPictures(siteId, before));
  }

  /** Pictures of visits go by when those were: by their own time, and never later than the visits themselves. */
  private async removeEventPictures(siteId: string, before: Date): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'DELETE FROM event_picture WHERE site_id = $1 AND occurred_at < $2',
      [siteId, before],
    );
    return count;
  }

  private async removeTemplates(siteId: string | null, before: Date): Promise<number> {
    for (let removed = 0; ;) {
      const count = await this.dataSource.transaction(async (manager) => {
        const [rows] = await manager.query<[{ id: string }[], number]>(
          `DELETE FROM template WHERE id IN (
             SELECT template.id FROM template JOIN person ON person.id = person_id
             WHERE person.site_id IS NOT DISTINCT FROM $1 AND template.created_at < $2
             ORDER BY template.id LIMIT ${BATCH} FOR UPDATE OF template SKIP LOCKED) RETURNING id`,
          [siteId, before],
        );
        await this.changes.record(
          manager,
          rows.map(({ id }) => ({ family: 'template', entityId: id, deleted: true })),
        );
        return rows.length;
      });
      removed += count;
      if (count < BATCH) return removed;
    }
  }

  private async account(removed: Removed): Promise<void> {
    if (removed.events + removed.images + removed.templates === 0) return;
    await this.dataSource.transaction((manager) =>
      this.audit.record(manager, {
        by: systemActor('retention'),
        action: 'retention/applied',
        details: { ...removed },
      }),
    );
  }
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
