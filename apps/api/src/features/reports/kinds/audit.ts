import { ACTOR_KIND_TEXTS } from '../code-texts';
import { column, SITE, texts } from '../common-columns';
import type { ReportKindOf } from '../report-kind';

/** Who did what. What can be checked without the server is the account's own export. */
export const AUDIT: ReportKindOf<'audit'> = {
  kind: 'audit',
  title: texts('감사 기록', 'Audit'),
  permission: 'audit:read',
  columns: [
    column('position', 'integer', ['순번', 'Position'], { width: 2 }),
    column('at', 'instant', ['시각', 'Time'], { width: 4 }),
    column('actorKind', 'code', ['주체 구분', 'Actor kind'], { width: 2, codes: ACTOR_KIND_TEXTS }),
    column('actorName', 'text', ['주체', 'Actor'], { width: 4 }),
    column('address', 'text', ['주소', 'Address']),
    column('action', 'text', ['행위', 'Action'], { width: 4 }),
    column('subjectId', 'text', ['대상', 'Subject'], { width: 4 }),
    SITE,
    column('reason', 'text', ['사유', 'Reason'], { width: 4 }),
    column('before', 'text', ['이전', 'Before'], { width: 4 }),
    column('after', 'text', ['이후', 'After'], { width: 4 }),
    column('details', 'text', ['상세', 'Details'], { width: 4 }),
  ],
  query: (sql, scope, { action }) => {
    const common = sql.scope(scope);
    const within = sql.within(scope, 'entry', 'entry.at');
    const isArea = action?.endsWith('/');
    const matches = sql.when(action, 'text', (place) =>
      isArea ? `starts_with(entry.action, ${place})` : `entry.action = ${place}`,
    );
    return {
      select: `WITH ${common}
        SELECT link.position::double precision AS position, entry.at AS at, entry.actor_kind AS "actorKind",
          entry.actor_name AS "actorName", entry.address AS address, entry.action AS action,
          entry.subject_id::text AS "subjectId", scope.site_name AS "siteName", entry.reason AS reason,
          entry.before::text AS before, entry.after::text AS after, nullif(entry.details::text, '{}') AS details,
          coalesce(scope.time_zone, ${sql.place(scope.timeZone, 'text')}) AS "timeZone"
        FROM audit_link AS link JOIN audit_entry AS entry ON entry.id = link.entry_id ${within.join}
        WHERE ${within.where} AND ${matches}`,
      orderBy: 'link.position',
    };
  },
};
