import { ALARM_KIND_TEXTS, ALARM_SEVERITY_TEXTS, ALARM_STATE_TEXTS } from '../code-texts';
import { column, DOOR, SITE, texts } from '../common-columns';
import type { ReportKindOf } from '../report-kind';

/** Alarms that were raised, and what became of them. */
export const ALARMS: ReportKindOf<'alarms'> = {
  kind: 'alarms',
  title: texts('경보', 'Alarms'),
  permission: 'alarms:read',
  columns: [
    column('raisedAt', 'instant', ['발생 시각', 'Raised'], { width: 4 }),
    ...[SITE, DOOR],
    column('alarmKind', 'code', ['종류', 'Kind'], { width: 4, codes: ALARM_KIND_TEXTS }),
    column('severity', 'code', ['심각도', 'Severity'], { width: 2, codes: ALARM_SEVERITY_TEXTS }),
    column('state', 'code', ['상태', 'State'], { width: 2, codes: ALARM_STATE_TEXTS }),
    column('count', 'integer', ['횟수', 'Count'], { width: 1, summed: true }),
    column('acknowledgedAt', 'instant', ['확인 시각', 'Acknowledged'], { width: 4 }),
    column('acknowledgedBy', 'text', ['확인자', 'Acknowledged by'], { width: 4 }),
    column('resolvedAt', 'instant', ['해제 시각', 'Resolved'], { width: 4 }),
    column('resolvedBy', 'text', ['해제자', 'Resolved by'], { width: 4 }),
  ],
  query: (sql, scope, { doorId, alarmKind }) => {
    const common = sql.scope(scope);
    const within = sql.within(scope, 'alarm', 'alarm.raised_at');
    const conditions = [
      within.where,
      sql.when(doorId, 'uuid', (place) => `alarm.door_id = ${place}`),
      sql.when(alarmKind, 'text', (place) => `alarm.kind = ${place}`),
    ];
    return {
      select: `WITH ${common}
        SELECT alarm.raised_at AS "raisedAt", scope.site_name AS "siteName", door.name AS "doorName",
          alarm.kind AS "alarmKind", alarm.severity AS severity, alarm.state AS state, alarm.count AS count,
          alarm.acknowledged_at AS "acknowledgedAt", alarm.acknowledged_by AS "acknowledgedBy",
          alarm.resolved_at AS "resolvedAt", alarm.resolved_by AS "resolvedBy",
          coalesce(scope.time_zone, ${sql.place(scope.timeZone, 'text')}) AS "timeZone"
        FROM alarm ${within.join} LEFT JOIN door ON door.id = alarm.door_id
        WHERE ${conditions.join(' AND ')}`,
      orderBy: 'alarm.raised_at, alarm.id',
    };
  },
  chart: () => ({
    ...{ by: 'value', column: 'alarmKind' },
    measures: [{ key: 'alarms', label: texts('경보', 'Alarms'), sql: 'count(*)' }],
  }),
};
