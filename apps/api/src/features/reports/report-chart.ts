import type { ReportLanguage, ReportKind, reportChartSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ReportChartOf, ReportColumn } from './report-kind';
import { REPORT_KINDS_BY_NAME, type ReportQuery } from './report-kinds';
import type { ReportScope } from './report-scope';

/** More days than a picture has room for are told by months. */
const DAYS_MAX = 100;
const POINTS_MAX = 400;
const DAY_MS = 86_400_000;

/** What the points of a picture are; as `ReportChart` of the contracts has it. */
export type ChartUnit = 'hour' | 'day' | 'month' | 'value';

/** A point as the database gives it: what it is of, then the measures. */
export type RawPoint = readonly unknown[];

/** What the points of a report's picture are, for that time. */
export function unitOf({ by }: ReportChartOf, { from, until }: ReportScope): ChartUnit {
  const days = (until.getTime() - from.getTime()) / DAY_MS;
  return by === 'day' && days > DAYS_MAX ? 'month' : by;
}

/**
 * The query that puts a report's rows together: `at`, then each measure by its key. It has the report's own values, and
 * so its reach.
 */
export function chartText(query: ReportQuery, chart: ReportChartOf, unit: ChartUnit): string {
  const measures = chart.measures.map(({ key, sql }) => `(${sql})::double precision AS "${key}"`);
  const order = unit === 'value' ? `"${chart.measures[0]?.key}" DESC, at` : 'at DESC';
  return `SELECT ${pointOf(query.columns, chart.column, unit)} AS at, ${measures.join(', ')}
    FROM (${query.select}) AS report GROUP BY 1 ORDER BY ${order} LIMIT ${POINTS_MAX}`;
}

/** A report's picture, in a language. */
export function presentChart(
  kind: ReportKind,
  language: ReportLanguage,
  made: { chart: ReportChartOf; unit: ChartUnit; points: readonly RawPoint[] },
): z.input<typeof reportChartSchema> {
  const { title, columns } = REPORT_KINDS_BY_NAME[kind];
  const { chart, unit } = made;
  const codes = columns.find(({ key }) => key === chart.column)?.codes;
  const points = made.points.map(([at, ...values]) => ({
    at: codes?.[String(at)]?.[language] ?? String(at),
    values: values.map(Number),
  }));
  return {
    kind,
    title: title[language],
    by: unit,
    measures: chart.measures.map(({ key, label }) => ({ key, label: label[language] })),
    points: unit === 'value' ? points : points.reverse(),
  };
}

const FORMATS = { hour: 'HH24', day: 'YYYY-MM-DD', month: 'YYYY-MM' } as const;

/** The expression of what a row's point is, on the row's own wall clock. */
function pointOf(columns: readonly ReportColumn[], key: string, unit: ChartUnit): string {
  if (unit === 'value') return `"${key}"`;
  const isDay = columns.find((column) => column.key === key)?.type === 'date';
  if (isDay) return unit === 'month' ? `left("${key}", 7)` : `"${key}"`;
  return `to_char("${key}" AT TIME ZONE "timeZone", '${FORMATS[unit]}')`;
}
