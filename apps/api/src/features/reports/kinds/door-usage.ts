import { OUTCOME_TEXTS } from '../code-texts';
import { column, DOOR, SITE, texts } from '../common-columns';
import type { ReportKindOf } from '../report-kind';

/** How often each door was used, by the hours or days of its site's wall clock. */
export const DOOR_USAGE: ReportKindOf<'door-usage'> = {
  kind: 'door-usage',
  title: texts('출입문 이용 현황', 'Door usage'),
  permission: 'events:read',
  columns: [
    column('beginsAt', 'instant', ['시작 시각', 'From'], { width: 4 }),
    ...[SITE, DOOR],
    column('granted', 'integer', ['승인', 'Granted'], { width: 2, summed: true }),
    column('denied', 'integer', ['거부', 'Denied'], { width: 2, summed: true }),
    column('people', 'integer', ['출입 인원', 'People'], { width: 2 }),
  ],
  query: (sql, scope, { doorId, by }) => {
    const common = sql.scope(scope);
    const within = sql.within(scope, 'event', 'event.occurred_at');
    const zone = `coalesce(scope.time_zone, ${sql.place(scope.timeZone, 'text')})`;
    const unit = sql.place(by, 'text');
    const door = sql.when(doorId, 'uuid', (place) => `event.door_id = ${place}`);
    return {
      // An hour is told by its instant, so that the one which comes twice in autumn is two.
      select: `WITH ${common}, counted AS (
          SELECT date_trunc(${unit}, event.occurred_at, ${zone}) AS begins_at, event.door_id,
            scope.site_name, ${zone} AS time_zone,
            count(*) FILTER (WHERE event.outcome = 'granted') AS granted,
            count(*) FILTER (WHERE event.outcome = 'denied') AS denied,
            count(DISTINCT event.person_id) FILTER (WHERE event.outcome = 'granted') AS people
          FROM access_event AS event ${within.join}
          WHERE ${within.where} AND ${door} GROUP BY 1, 2, 3, 4)
        SELECT begins_at AS "beginsAt", site_name AS "siteName", door.name AS "doorName", granted::int AS granted,
          denied::int AS denied, people::int AS people, time_zone AS "timeZone"
        FROM counted JOIN door ON door.id = counted.door_id`,
      orderBy: '"beginsAt", "siteName", "doorName", door.id',
    };
  },
  chart: ({ by }) => ({
    ...{ by, column: 'beginsAt' },
    measures: [
      { key: 'granted', label: OUTCOME_TEXTS.granted, sql: 'sum(granted)' },
      { key: 'denied', label: OUTCOME_TEXTS.denied, sql: 'sum(denied)' },
    ],
  }),
};
