import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const PAGE = 2_000;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Keeps when each person was last let in, by looking at each one's newest events. */
@Injectable()
export class ActivityRefresh {
  constructor(private readonly dataSource: DataSource) {}

  /** Looks at everybody. Events of the future, from clocks that are wrong, count for nothing. */
  async run(signal?: AbortSignal): Promise<void> {
    for (let after = BEFORE_ALL; ;) {
      signal?.throwIfAborted();
      const rows = await this.dataSource.query<{ id: string }[]>(
        `WITH page AS (SELECT id FROM person WHERE id > $1 ORDER BY id LIMIT ${PAGE}),
         seen AS (
           INSERT INTO person_activity (person_id, last_granted_at)
           SELECT page.id, newest.at FROM page
           LEFT JOIN person_activity AS known ON known.person_id = page.id
           CROSS JOIN LATERAL (
             SELECT max(occurred_at) AS at FROM access_event
             WHERE person_id = page.id AND outcome = 'granted' AND occurred_at <= now()
               AND occurred_at > coalesce(known.last_granted_at, '-infinity')
           ) AS newest
           WHERE newest.at IS NOT NULL
           ON CONFLICT (person_id) DO UPDATE
             SET last_granted_at = greatest(person_activity.last_granted_at, excluded.last_granted_at)
         )
         SELECT id FROM page ORDER BY id`,
        [after],
      );
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = last.id;
    }
  }
}
