import { column, DEPARTMENT, DOOR, EMPLOYEE_NUMBER, PERSON, SITE, texts } from '../common-columns';
import type { ReportKindOf } from '../report-kind';

/** How far back a passage still says where somebody is, as in the list of who is inside. */
const HORIZON_DAYS = 31;
/** The same where there are no areas, and nobody is known to have left. */
const WITHOUT_AREAS_HOURS = 24;

/**
 * Who is inside, by each person's last passage at a site, of those who were not forgiven since. At a site whose doors
 * lead into no area it is who has passed any of its doors within {@link WITHOUT_AREAS_HOURS} hours.
 */
export const MUSTER: ReportKindOf<'muster'> = {
  kind: 'muster',
  title: texts('재실 인원', 'Muster'),
  permission: 'access:read',
  columns: [
    SITE,
    column('areaName', 'text', ['구역', 'Area'], { width: 4 }),
    ...[PERSON, EMPLOYEE_NUMBER, DEPARTMENT],
    column('since', 'instant', ['입장 시각', 'Since'], { width: 4 }),
    DOOR,
  ],
  query: (sql, scope) => {
    const common = sql.scope(scope);
    const now = sql.place(scope.now, 'timestamptz');
    return {
      select: `WITH ${common}, way AS (
          SELECT door.id AS door_id, door.name, door.site_id, (rule.definition ->> 'toAreaId')::uuid AS to_area_id,
            bool_or(coalesce(rule.definition ->> 'toAreaId', rule.definition ->> 'fromAreaId') IS NOT NULL)
              OVER (PARTITION BY door.site_id) AS has_areas
          FROM door LEFT JOIN access_rule AS rule ON rule.kind = 'door' AND rule.id = door.id
        ), passage AS (
          SELECT DISTINCT ON (way.site_id, event.person_id) way.site_id, event.person_id, event.door_id,
            event.occurred_at
          FROM access_event AS event JOIN way ON way.door_id = event.door_id JOIN scope ON scope.site_id = way.site_id
          LEFT JOIN passback_pardon AS pardon ON pardon.person_id = event.person_id
          WHERE event.outcome = 'granted' AND event.person_id IS NOT NULL AND event.occurred_at <= ${now}
            AND event.occurred_at > ${now} - make_interval(days => ${HORIZON_DAYS})
            AND (pardon.pardoned_at IS NULL OR event.occurred_at > pardon.pardoned_at)
          ORDER BY way.site_id, event.person_id, event.occurred_at DESC
        )
        SELECT scope.site_name AS "siteName", area.name AS "areaName", person.name AS "personName",
          person.employee_number AS "employeeNumber", person.department AS department,
          passage.occurred_at AS since, way.name AS "doorName", scope.time_zone AS "timeZone"
        FROM passage JOIN way ON way.door_id = passage.door_id JOIN scope ON scope.site_id = passage.site_id
        LEFT JOIN access_rule AS area ON area.kind = 'area' AND area.id = way.to_area_id
        LEFT JOIN person ON person.id = passage.person_id
        WHERE way.to_area_id IS NOT NULL
          OR NOT way.has_areas AND passage.occurred_at > ${now} - make_interval(hours => ${WITHOUT_AREAS_HOURS})`,
      orderBy: 'scope.site_name, area.name, person.name, passage.person_id',
    };
  },
};
