import { column, DEPARTMENT, EMPLOYEE_NUMBER, PERSON, SITE, texts } from '../common-columns';
import type { ParametersOf, ReportKindOf } from '../report-kind';
import type { ReportScope } from '../report-scope';
import type { ReportSql } from '../report-sql';

/** A stay that is longer is one whose end was missed. */
const STAY_HOURS_MAX = 24;

/**
 * First in, last out and the hours between, by person, site and day of work.
 *
 * At a site with doors into its areas and doors out of them, a stay begins at a way in from outside and ends at the next
 * way out, which may be on the day after: it counts for the day on which it began. An entry that no exit follows within
 * {@link STAY_HOURS_MAX} hours counts as a missed exit, and adds no hours. At other sites the day is what lies between
 * the first and the last door that let the person pass, and no exit can be missed.
 */
export const ATTENDANCE: ReportKindOf<'attendance'> = {
  kind: 'attendance',
  title: texts('근태', 'Attendance'),
  permission: 'events:read',
  columns: [
    column('day', 'date', ['날짜', 'Day']),
    ...[SITE, PERSON, EMPLOYEE_NUMBER, DEPARTMENT],
    column('firstIn', 'instant', ['첫 출입', 'First in'], { width: 4 }),
    column('lastOut', 'instant', ['마지막 퇴장', 'Last out'], { width: 4 }),
    column('hours', 'number', ['시간', 'Hours'], { width: 2, summed: true }),
    column('missedExits', 'integer', ['퇴장 누락', 'Missed exits'], { width: 2, summed: true }),
  ],
  query: (sql, scope, parameters) => ({
    select: `WITH ${sql.scope(scope)}, ${WAYS}, ${passages(sql, scope, parameters)}, ${stays(sql, parameters)}
      SELECT to_char(stay.day, 'YYYY-MM-DD') AS day, scope.site_name AS "siteName", person.name AS "personName",
        person.employee_number AS "employeeNumber", person.department AS department,
        min(stay.in_at) AS "firstIn", max(stay.out_at) AS "lastOut",
        round(coalesce(sum(extract(epoch FROM stay.out_at - stay.in_at)), 0) / 3600, 2)::double precision AS hours,
        count(*) FILTER (WHERE stay.directed AND stay.out_at IS NULL)::int AS "missedExits", scope.time_zone AS "timeZone"
      FROM stay JOIN scope ON scope.site_id = stay.site_id LEFT JOIN person ON person.id = stay.person_id
      GROUP BY stay.day, stay.site_id, scope.site_name, scope.time_zone, stay.person_id, person.id`,
    orderBy: 'stay.day, scope.site_name, person.name, stay.person_id',
  }),
  chart: () => ({
    ...{ by: 'day', column: 'day' },
    measures: [
      { key: 'attended', label: texts('출근 인원', 'People there'), sql: 'count(*)' },
      { key: 'hours', label: texts('시간', 'Hours'), sql: 'round(sum(hours)::numeric, 1)' },
    ],
  }),
};

/** Which doors lead in and which out, and which sites have both. */
const WAYS = `way AS (
    SELECT door.id AS door_id, door.site_id,
      CASE WHEN rule.definition ->> 'fromAreaId' IS NULL AND rule.definition ->> 'toAreaId' IS NOT NULL THEN 'in'
           WHEN rule.definition ->> 'fromAreaId' IS NOT NULL AND rule.definition ->> 'toAreaId' IS NULL THEN 'out'
      END AS direction
    FROM door LEFT JOIN access_rule AS rule ON rule.kind = 'door' AND rule.id = door.id
  ), directed AS (
    SELECT site_id FROM way GROUP BY site_id
    HAVING bool_or(direction = 'in') AND bool_or(direction = 'out')
  )`;

/** Who passed where; somewhat past the period's end, for stays that reach over it. */
function passages(
  sql: ReportSql,
  scope: ReportScope,
  { personId, groupId, dayBegins }: ParametersOf<'attendance'>,
): string {
  const begins = `${sql.place(dayBegins, 'text')}::interval`;
  const later = (at: string) =>
    `(((${at} AT TIME ZONE scope.time_zone) + ${begins}) AT TIME ZONE scope.time_zone)`;
  const reach = `make_interval(hours => ${2 * STAY_HOURS_MAX})`;
  return `passage AS (
    SELECT event.person_id, event.site_id, event.occurred_at, way.direction, directed.site_id IS NOT NULL AS directed,
      ${later('scope.until_at')} AS until_at, scope.time_zone
    FROM access_event AS event JOIN scope ON scope.site_id = event.site_id
    JOIN way ON way.door_id = event.door_id LEFT JOIN directed ON directed.site_id = event.site_id
    WHERE event.occurred_at >= ${sql.place(scope.from, 'timestamptz')}
      AND event.occurred_at < ${sql.place(scope.until, 'timestamptz')} + ${reach}
      AND event.outcome = 'granted' AND event.person_id IS NOT NULL
      AND event.occurred_at >= ${later('scope.from_at')}
      AND ${sql.when(personId, 'uuid', (place) => `event.person_id = ${place}`)}
      AND ${sql.inGroup(groupId, 'event.person_id')}
  )`;
}

function stays(sql: ReportSql, { dayBegins }: ParametersOf<'attendance'>): string {
  const day = `((occurred_at AT TIME ZONE time_zone) - ${sql.place(dayBegins, 'text')}::interval)::date`;
  return `step AS (
    SELECT *, lead(direction) OVER next_one AS next_direction, lead(occurred_at) OVER next_one AS next_at
    FROM passage WHERE directed AND direction IS NOT NULL
    WINDOW next_one AS (PARTITION BY site_id, person_id ORDER BY occurred_at)
  ), stay AS (
    SELECT site_id, person_id, directed, ${day} AS day, occurred_at AS in_at,
      CASE WHEN next_direction = 'out' AND next_at <= occurred_at + make_interval(hours => ${STAY_HOURS_MAX})
        THEN next_at END AS out_at
    FROM step WHERE direction = 'in' AND occurred_at < until_at
    UNION ALL
    SELECT site_id, person_id, directed, ${day}, min(occurred_at), nullif(max(occurred_at), min(occurred_at))
    FROM passage WHERE NOT directed AND occurred_at < until_at GROUP BY 1, 2, 3, 4
  )`;
}
