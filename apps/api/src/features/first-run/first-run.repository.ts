import { Injectable } from '@nestjs/common';
import type { FirstRun } from '@munjigi/contracts';
import { DataSource } from 'typeorm';

/** The overview asks often, and large deployments need no exact count. */
const COUNTED_MAX = 1000;

type Progress = Omit<FirstRun, 'dismissed'>;

/** Counts what a new deployment has by now. */
@Injectable()
export class FirstRunRepository {
  constructor(private readonly dataSource: DataSource) {}

  async progress(): Promise<Progress> {
    const [row] = await this.dataSource.query<
      [Omit<Progress, 'firstGrantedAt'> & { grantedAt: Date | null }]
    >(
      `SELECT (SELECT count(*)::int FROM site) AS sites, doors.made AS doors, doors.heard AS "doorsHeard",
         (SELECT count(*)::int FROM (SELECT FROM person LIMIT ${COUNTED_MAX}) AS counted) AS people,
         (SELECT count(*)::int FROM (SELECT DISTINCT person_id FROM template LIMIT ${COUNTED_MAX}) AS counted) AS enrolled,
         (SELECT occurred_at FROM access_event WHERE outcome = 'granted' ORDER BY occurred_at LIMIT 1) AS "grantedAt"
       FROM (SELECT count(*)::int AS made, count(last_seen_at)::int AS heard FROM door) AS doors`,
    );
    const { grantedAt, ...counts } = row;
    return { ...counts, firstGrantedAt: grantedAt?.toISOString() ?? null };
  }
}
