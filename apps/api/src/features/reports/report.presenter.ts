import type { ReportKind, ReportLanguage, reportKindsSchema, reportPreviewSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ReportColumn } from './report-kind';
import { REPORT_KINDS_BY_NAME } from './report-kinds';
import { plainCell, RowReader } from './report-rows';
import type { RawRow } from './report-streams';
import type { ReportTotals } from './reports.repository';

/** Kinds of reports, in a language. */
export function presentKinds(
  kinds: readonly ReportKind[],
  language: ReportLanguage,
): z.input<typeof reportKindsSchema> {
  return {
    items: kinds.map((kind) => {
      const { title, columns, chart } = REPORT_KINDS_BY_NAME[kind];
      return {
        kind,
        title: title[language],
        columns: columns.map((column) => presentColumn(column, language)),
        charted: chart !== undefined,
      };
    }),
  };
}

/** The first rows of a report, in a language. */
export function presentPreview(
  kind: ReportKind,
  language: ReportLanguage,
  made: { rows: readonly RawRow[]; totals: ReportTotals; at: Date },
): z.input<typeof reportPreviewSchema> {
  const { title, columns } = REPORT_KINDS_BY_NAME[kind];
  const reader = new RowReader(columns, language);
  const rows = made.rows.map((row) => reader.read(row));
  return {
    kind,
    title: title[language],
    madeAt: made.at.toISOString(),
    columns: columns.map((column) => presentColumn(column, language)),
    rows: rows.map(({ cells, clock }) => cells.map((cell) => plainCell(cell, clock))),
    totals: { ...made.totals },
  };
}

function presentColumn({ key, type, label }: ReportColumn, language: ReportLanguage) {
  return { key, type: type === 'code' ? ('text' as const) : type, label: label[language] };
}
