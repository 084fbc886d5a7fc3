import { Injectable } from '@nestjs/common';
import type { Overview } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { EMPTY_DAY, type DayCounts } from './day-counts';

/** A site's day now, by its own wall clock. */
export interface SiteDay {
  readonly siteId: string;
  readonly timeZone: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** How much of it has passed, in hours. */
  readonly hour: number;
}

/** Reads the figures of the overview; each question costs what it counts, and no more. */
@Injectable()
export class OverviewRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The sites within reach and what day it is there. */
  async siteDays(reach: Reach, now: Date): Promise<SiteDay[]> {
    return this.dataSource.query<SiteDay[]>(
      `SELECT id AS "siteId", time_zone AS "timeZone", to_char($1 AT TIME ZONE time_zone, 'YYYY-MM-DD') AS day,
         (extract(epoch FROM ($1 AT TIME ZONE time_zone)::time) / 3600)::float8 AS hour
       FROM site WHERE $2::uuid[] IS NULL OR id = ANY($2) ORDER BY created_at, id`,
      [now, listOf(reach)],
    );
  }

  /** The visits of some days of a site. @param days `YYYY-MM-DD` by the site's wall clock @returns by day */
  async countDays(
    siteId: string,
    timeZone: string,
    days: readonly string[],
  ): Promise<Map<string, DayCounts>> {
    const rows = await this.dataSource.query<HourRow[]>(
      `SELECT to_char(asked.day, 'YYYY-MM-DD') AS day, counted.* FROM unnest($3::date[]) AS asked (day), LATERAL (
         SELECT extract(hour FROM occurred_at AT TIME ZONE $2)::int AS hour,
           count(*) FILTER (WHERE outcome = 'granted')::int AS entries,
           count(*) FILTER (WHERE outcome = 'denied')::int AS denied
         FROM access_event WHERE site_id = $1
           AND occurred_at >= asked.day::timestamp AT TIME ZONE $2
           AND occurred_at < (asked.day + 1)::timestamp AT TIME ZONE $2
         GROUP BY 1) AS counted`,
      [siteId, timeZone, days],
    );
    const counted = new Map(days.map((day) => [day, EMPTY_DAY]));
    for (const { day, hour, entries, denied } of rows) {
      const before = counted.get(day) ?? EMPTY_DAY;
      counted.set(day, {
        entries: before.entries.with(hour, entries),
        denied: before.denied.with(hour, denied),
      });
    }
    return counted;
  }

  /** Alarms that are not resolved. */
  async alarms(reach: Reach): Promise<NonNullable<Overview['alarms']>> {
    const [counted] = await this.dataSource.query<[NonNullable<Overview['alarms']>]>(
      `SELECT count(*) FILTER (WHERE state = 'raised')::int AS raised,
         count(*) FILTER (WHERE state = 'acknowledged')::int AS acknowledged,
         count(*) FILTER (WHERE severity = 'critical')::int AS critical
       FROM alarm WHERE state <> 'resolved' AND ($1::uuid[] IS NULL OR site_id = ANY($1))`,
      [listOf(reach)],
    );
    return counted;
  }

  /** Connected doors whose last word on what they have is older than {@link BEHIND_S}, and is not all there is. */
  async behind(reach: Reach): Promise<{ doorId: string; changes: number }[]> {
    return this.dataSource.query(
      `SELECT door.id AS "doorId", pending.changes FROM door
       JOIN server_node ON server_node.id = door.node_id
       LEFT JOIN door_progress AS progress ON progress.door_id = door.id,
       LATERAL (SELECT count(*)::int AS changes FROM change
         WHERE revision > coalesce(progress.applied_revision, 0) AND (family <> 'door' OR entity_id = door.id)) AS pending
       WHERE ($1::uuid[] IS NULL OR door.site_id = ANY($1)) AND pending.changes > 0
         AND coalesce(progress.applied_at, '-infinity') < now() - make_interval(secs => ${BEHIND_S})
       ORDER BY door.created_at, door.id`,
      [listOf(reach)],
    );
  }
}

/** A door that got on so recently is on its way, not behind. */
const BEHIND_S = 30;

interface HourRow {
  readonly day: string;
  readonly hour: number;
  readonly entries: number;
  readonly denied: number;
}

function listOf(reach: Reach): readonly string[] | null {
  return reach === 'everywhere' ? null : reach;
}
