import { Injectable } from '@nestjs/common';
import {
  REPORT_KINDS,
  type ReportExportRequest,
  type ReportLanguage,
  type ReportPreviewRequest,
  type reportChartSchema,
  type reportKindsSchema,
  type reportPreviewSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { ReportExporter, type BegunExport } from './report-exporter';
import { chartText, presentChart, unitOf } from './report-chart';
import { noChart } from './report-errors';
import { chartOf, queryOf, REPORT_KINDS_BY_NAME } from './report-kinds';
import { ReportScopes } from './report-scopes';
import { presentKinds, presentPreview } from './report.presenter';
import { ReportsRepository } from './reports.repository';

const PREVIEW_ROWS = 100;

/** Reports, for those who look at them and take them out. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly reports: ReportsRepository,
    private readonly scopes: ReportScopes,
    private readonly exporter: ReportExporter,
  ) {}

  /** The kinds that somebody may run at any site. */
  kinds(language: ReportLanguage, by: SignedIn): z.input<typeof reportKindsSchema> {
    const own = REPORT_KINDS.filter((kind) => by.access.may(REPORT_KINDS_BY_NAME[kind].permission));
    return presentKinds(own, language);
  }

  /** The first rows, of the sites that somebody may see. @throws {AppError} as `ReportScopes.of`, `reports/too-long` */
  async preview(
    { report }: ReportPreviewRequest,
    language: ReportLanguage,
    by: SignedIn,
  ): Promise<z.input<typeof reportPreviewSchema>> {
    const at = new Date();
    const scope = await this.scopes.of(report, { access: by.access, permission: 'reports:read', now: at });
    const { rows, totals } = await this.reports.preview(queryOf(report, scope), PREVIEW_ROWS);
    return presentPreview(report.kind, language, { rows, totals, at });
  }

  /** A report put together for a picture. @throws {AppError} as {@link preview}, `reports/no-chart` */
  async chart(
    { report }: ReportPreviewRequest,
    language: ReportLanguage,
    by: SignedIn,
  ): Promise<z.input<typeof reportChartSchema>> {
    const at = { access: by.access, permission: 'reports:read', now: new Date() } as const;
    const scope = await this.scopes.of(report, at);
    const chart = chartOf(report);
    if (!chart) throw noChart();
    const unit = unitOf(chart, scope);
    const query = queryOf(report, scope);
    const rows = await this.reports.chart(chartText(query, chart, unit), query.values);
    const keys = ['at', ...chart.measures.map(({ key }) => key)];
    const points = rows.map((row) => keys.map((key) => row[key]));
    return presentChart(report.kind, language, { chart, unit, points });
  }

  /** Begins an export. @throws {AppError} as `ReportScopes.of` and `ReportExporter.begin` */
  async export(
    request: ReportExportRequest,
    language: ReportLanguage,
    by: SignedIn,
    signal: AbortSignal,
  ): Promise<BegunExport> {
    const { report } = request;
    const at = { access: by.access, permission: 'reports:export', now: new Date() } as const;
    const scope = await this.scopes.of(report, at);
    return this.exporter.begin({ ...request, scope, language, by }, signal);
  }
}
