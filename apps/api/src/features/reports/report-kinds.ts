import type { ReportDefinition, ReportKind } from '@munjigi/contracts';
import { ALARMS } from './kinds/alarms';
import { ATTENDANCE } from './kinds/attendance';
import { AUDIT } from './kinds/audit';
import { DOOR_USAGE } from './kinds/door-usage';
import { MUSTER } from './kinds/muster';
import { EXPIRING, IDLE, NO_CREDENTIALS } from './kinds/people';
import { DENIED, EVENTS } from './kinds/visits';
import type { ReportChartOf, ReportColumn, ReportKindOf, ReportSelect } from './report-kind';
import type { ReportScope } from './report-scope';
import { ReportSql } from './report-sql';

/** Every kind of report. */
export const REPORT_KINDS_BY_NAME: { readonly [K in ReportKind]: ReportKindOf<K> } = {
  events: EVENTS,
  denied: DENIED,
  'door-usage': DOOR_USAGE,
  attendance: ATTENDANCE,
  'no-credentials': NO_CREDENTIALS,
  expiring: EXPIRING,
  idle: IDLE,
  muster: MUSTER,
  alarms: ALARMS,
  audit: AUDIT,
};

/** What a report asks the database, with its values. */
export interface ReportQuery {
  readonly columns: readonly ReportColumn[];
  readonly select: string;
  readonly orderBy: string;
  readonly values: readonly unknown[];
}

/** The query of a report for whoever has that scope. */
export function queryOf({ kind, parameters }: ReportDefinition, scope: ReportScope): ReportQuery {
  const sql = new ReportSql();
  const { columns, query } = REPORT_KINDS_BY_NAME[kind];
  // The registry pairs each kind with its own parameters, which TypeScript cannot follow.
  const ask = query as (sql: ReportSql, scope: ReportScope, own: typeof parameters) => ReportSelect;
  const { select, orderBy } = ask(sql, scope, parameters);
  return { columns, select, orderBy, values: sql.values };
}

/** How a report's picture is made; undefined where its kind has none. */
export function chartOf({ kind, parameters }: ReportDefinition): ReportChartOf | undefined {
  const { chart } = REPORT_KINDS_BY_NAME[kind];
  return (chart as ((own: typeof parameters) => ReportChartOf) | undefined)?.(parameters);
}
