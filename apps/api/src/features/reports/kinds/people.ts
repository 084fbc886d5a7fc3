import { PERSON_STATUS_TEXTS } from '../code-texts';
import { column, DEPARTMENT, EMPLOYEE_NUMBER, PERSON, SITE, texts } from '../common-columns';
import type { ReportColumn, ReportKindOf, ReportSelect } from '../report-kind';
import type { ReportScope } from '../report-scope';
import type { ReportSql } from '../report-sql';

const STATUS = column('status', 'code', ['상태', 'Status'], { width: 2, codes: PERSON_STATUS_TEXTS });
const VALID_UNTIL = column('validUntil', 'instant', ['만료 시각', 'Valid until'], { width: 4 });
const LAST_GRANTED = column('lastGrantedAt', 'instant', ['마지막 출입', 'Last let in'], { width: 4 });
const CREATED = column('createdAt', 'instant', ['등록 시각', 'Added'], { width: 4 });
const WHO: readonly ReportColumn[] = [PERSON, EMPLOYEE_NUMBER, DEPARTMENT, SITE, STATUS];

const EXPRESSIONS: Readonly<Record<string, string>> = {
  validUntil: 'person.valid_until',
  lastGrantedAt: 'activity.last_granted_at',
  createdAt: 'person.created_at',
};

/** People whom no door can recognise. */
export const NO_CREDENTIALS: ReportKindOf<'no-credentials'> = {
  kind: 'no-credentials',
  title: texts('얼굴 미등록자', 'People without credentials'),
  permission: 'people:read',
  columns: [...WHO, CREATED],
  query: (sql, scope, { siteId, groupId }) =>
    people(sql, scope, {
      columns: [CREATED],
      where: `NOT EXISTS (SELECT FROM template WHERE template.person_id = person.id)`,
      orderBy: 'person.name, person.id',
      ...{ siteId, groupId },
    }),
};

/** People whose access ends soon. */
export const EXPIRING: ReportKindOf<'expiring'> = {
  kind: 'expiring',
  title: texts('만료 예정자', 'People whose access ends soon'),
  permission: 'people:read',
  columns: [...WHO, VALID_UNTIL],
  query: (sql, scope, { siteId, groupId, withinDays }) => {
    const now = sql.place(scope.now, 'timestamptz');
    const days = `make_interval(days => ${sql.place(withinDays, 'integer')})`;
    return people(sql, scope, {
      columns: [VALID_UNTIL],
      where: `person.valid_until > ${now} AND person.valid_until <= ${now} + ${days}`,
      orderBy: 'person.valid_until, person.id',
      ...{ siteId, groupId },
    });
  },
};

/** People whom no door has let in for long. */
export const IDLE: ReportKindOf<'idle'> = {
  kind: 'idle',
  title: texts('장기 미출입자', 'People not seen for long'),
  permission: 'people:read',
  columns: [...WHO, LAST_GRANTED, CREATED],
  query: (sql, scope, { siteId, groupId, months }) => {
    const since = `${sql.place(scope.now, 'timestamptz')} - make_interval(months => ${sql.place(months, 'integer')})`;
    return people(sql, scope, {
      columns: [LAST_GRANTED, CREATED],
      where: `coalesce(activity.last_granted_at, person.created_at) < ${since}`,
      orderBy: 'coalesce(activity.last_granted_at, person.created_at), person.id',
      ...{ siteId, groupId },
    });
  },
};

interface PeopleOf {
  readonly columns: readonly ReportColumn[];
  readonly where: string;
  readonly orderBy: string;
  readonly siteId?: string;
  readonly groupId?: string;
}

/** As in the list of people, who belongs to the whole organisation is seen at every site. */
function people(sql: ReportSql, scope: ReportScope, of: PeopleOf): ReportSelect {
  const nowhere = of.siteId === undefined ? ' OR person.site_id IS NULL' : '';
  const own = of.columns.map(({ key }) => `${EXPRESSIONS[key]} AS "${key}"`);
  return {
    select: `WITH ${sql.scope(scope)}
      SELECT person.name AS "personName", person.employee_number AS "employeeNumber",
        person.department AS department, scope.site_name AS "siteName", person.status AS status, ${own.join(', ')},
        coalesce(scope.time_zone, ${sql.place(scope.timeZone, 'text')}) AS "timeZone"
      FROM person LEFT JOIN scope ON scope.site_id = person.site_id
      LEFT JOIN person_activity AS activity ON activity.person_id = person.id
      WHERE (scope.site_id IS NOT NULL${nowhere}) AND ${of.where} AND ${sql.inGroup(of.groupId, 'person.id')}`,
    orderBy: of.orderBy,
  };
}
