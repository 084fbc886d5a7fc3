import { OUTCOME_TEXTS, REASON_TEXTS } from '../code-texts';
import { column, DEPARTMENT, DOOR, EMPLOYEE_NUMBER, PERSON, SITE, texts } from '../common-columns';
import type { ParametersOf, ReportKindOf } from '../report-kind';
import type { ReportScope } from '../report-scope';
import type { ReportSql } from '../report-sql';

const OCCURRED_AT = column('occurredAt', 'instant', ['시각', 'Time'], { width: 4 });
const REASON = column('reason', 'code', ['사유', 'Reason'], { width: 4, codes: REASON_TEXTS });

const GRANTED = {
  ...{ key: 'granted', label: OUTCOME_TEXTS.granted },
  sql: `count(*) FILTER (WHERE outcome = 'granted')`,
};
const DENIALS = {
  ...{ key: 'denied', label: OUTCOME_TEXTS.denied },
  sql: `count(*) FILTER (WHERE outcome = 'denied')`,
};

/** Every visit at a door. */
export const EVENTS: ReportKindOf<'events'> = {
  kind: 'events',
  title: texts('출입 기록', 'Access events'),
  permission: 'events:read',
  columns: [
    OCCURRED_AT,
    ...[SITE, DOOR, PERSON, EMPLOYEE_NUMBER, DEPARTMENT],
    column('outcome', 'code', ['결과', 'Outcome'], { width: 2, codes: OUTCOME_TEXTS }),
    REASON,
    column('similarity', 'number', ['유사도', 'Similarity'], { width: 2 }),
  ],
  query: (sql, scope, parameters) => {
    const where = sql.when(parameters.outcome, 'text', (place) => `event.outcome = ${place}`);
    return visits(sql, scope, parameters, { where, last: 'event.outcome AS outcome' });
  },
  chart: ({ outcome }) => ({
    ...{ by: 'day', column: 'occurredAt' },
    measures: [GRANTED, DENIALS].filter(({ key }) => outcome === undefined || outcome === key),
  }),
};

/** Every visit that was denied. */
export const DENIED: ReportKindOf<'denied'> = {
  kind: 'denied',
  title: texts('출입 거부 기록', 'Denied attempts'),
  permission: 'events:read',
  columns: [
    OCCURRED_AT,
    ...[SITE, DOOR, PERSON, EMPLOYEE_NUMBER, DEPARTMENT, REASON],
    column('similarity', 'number', ['유사도', 'Similarity'], { width: 2 }),
  ],
  // Written out, so that the planner sees the index of denials.
  query: (sql, scope, parameters) => visits(sql, scope, parameters, { where: `event.outcome = 'denied'` }),
  chart: () => ({
    ...{ by: 'value', column: 'reason' },
    measures: [{ key: 'denied', label: OUTCOME_TEXTS.denied, sql: 'count(*)' }],
  }),
};

function visits(
  sql: ReportSql,
  scope: ReportScope,
  { doorId, personId, groupId }: ParametersOf<'denied'>,
  { where, last }: { where: string; last?: string },
) {
  const common = sql.scope(scope);
  const within = sql.within(scope, 'event', 'event.occurred_at');
  const conditions = [
    within.where,
    where,
    sql.when(doorId, 'uuid', (place) => `event.door_id = ${place}`),
    sql.when(personId, 'uuid', (place) => `event.person_id = ${place}`),
    sql.inGroup(groupId, 'event.person_id'),
  ];
  const zone = sql.place(scope.timeZone, 'text');
  return {
    select: `WITH ${common}
      SELECT event.occurred_at AS "occurredAt", scope.site_name AS "siteName", door.name AS "doorName",
        person.name AS "personName", person.employee_number AS "employeeNumber", person.department AS department,
        ${last === undefined ? '' : `${last},`} event.reason AS reason,
        round(event.similarity::numeric, 4)::double precision AS similarity,
        coalesce(scope.time_zone, ${zone}) AS "timeZone"
      FROM access_event AS event ${within.join}
      JOIN door ON door.id = event.door_id
      LEFT JOIN person ON person.id = event.person_id
      WHERE ${conditions.join(' AND ')}`,
    orderBy: 'event.occurred_at, event.id',
  };
}
