import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type {
  ReportExportRequest,
  ReportLanguage,
  reportExportListSchema,
  reportExportSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Actor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newId } from '../../platform/database/uuid';
import type { JobKind } from '../../platform/jobs/job-kind';
import { Jobs } from '../../platform/jobs/jobs';
import { notMadeYet, noSuchExport } from './report-errors';
import { ReportExportsRepository } from './report-exports.repository';
import type { ReportExportRow } from './report-export.entities';
import { REPORT_KINDS_BY_NAME } from './report-kinds';
import { KEPT_DAYS, reportJobSchema, ReportMaking } from './report-making';
import { ReportDeliveries } from './report-deliveries';
import type { ExportOrder } from './report-exporter';
import { ReportScopes, siteIdsOf } from './report-scopes';
import { presentExport } from './report-export.presenter';
import { REPORT_WRITERS } from './writers/report-writer';

type ExportView = z.input<typeof reportExportSchema>;

const DAY_MS = 86_400_000;
const FORGET_MS = 60 * 60_000;

/** Reports that are made in the background. Somebody else's is none: it may hold what they may not see. */
@Injectable()
export class ReportExportsService {
  private readonly job: JobKind<typeof reportJobSchema>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly exports: ReportExportsRepository,
    private readonly scopes: ReportScopes,
    private readonly audit: Audit,
    making: ReportMaking,
    deliveries: ReportDeliveries,
    private readonly jobs: Jobs,
  ) {
    this.job = jobs.define('reports/export', {
      schema: reportJobSchema,
      run: (context) => making.run(context, (manager, row) => deliveries.made(manager, row)),
    });
    jobs.define('reports/forget', {
      schema: reportJobSchema.partial(),
      run: async () => ({ forgotten: await exports.forgetOld() }),
      recurrence: { everyMs: FORGET_MS },
    });
  }

  /** Asks for a report. @throws {AppError} as `ReportScopes.of` */
  async start(request: ReportExportRequest, language: ReportLanguage, by: SignedIn): Promise<ExportView> {
    const at = { access: by.access, permission: 'reports:export', now: new Date() } as const;
    const scope = await this.scopes.of(request.report, at);
    const { id } = await this.dataSource.transaction((manager) =>
      this.order(manager, { ...request, language, scope }, { makerId: by.administratorId, by }),
    );
    return presentExport(await this.exports.get(id));
  }

  /** Has a report made, in the caller's transaction, for whoever may see that scope; the caller has checked it. */
  async order(
    manager: EntityManager,
    { report, format, language, byteOrderMark, reason, scope }: Omit<ExportOrder, 'id' | 'by' | 'background'>,
    { makerId, by }: { makerId: string; by: Actor },
  ): Promise<{ id: string; jobId: string }> {
    const id = newId();
    const { actorKind, actorId, actorName, address } = by;
    const jobId = await this.job.enqueue(manager, { exportId: id }, { by });
    await this.exports.add(manager, {
      ...{ id, report, format, language, byteOrderMark, reason, jobId, makerId, createdAt: scope.now },
      siteIds: siteIdsOf(scope),
      madeBy: { actorKind, actorId, actorName, address },
      keptUntil: new Date(scope.now.getTime() + KEPT_DAYS * DAY_MS),
    });
    return { id, jobId };
  }

  async list(by: SignedIn): Promise<z.input<typeof reportExportListSchema>> {
    return { items: (await this.exports.listOf(by.administratorId)).map(presentExport) };
  }

  /** @throws {AppError} `reports/no-such-export` */
  async get(id: string, by: SignedIn): Promise<ExportView> {
    return presentExport(await this.own(id, by));
  }

  /**
   * A file, for whoever may still see all that is in it; that it was taken is in the account.
   *
   * @throws {AppError} `reports/no-such-export`, `reports/not-made-yet`, `auth/forbidden`
   */
  async file(
    id: string,
    by: SignedIn,
  ): Promise<{ stream: Readable; name: string; type: string; bytes: number }> {
    const row = await this.own(id, by);
    const { kind } = row.report;
    for (const permission of ['reports:export', REPORT_KINDS_BY_NAME[kind].permission] as const) {
      for (const siteId of row.siteIds ?? [null]) by.access.require(permission, siteId);
    }
    const { fileName, sizeBytes } = row;
    if (fileName === null || sizeBytes === null) throw notMadeYet();
    await this.audit.record(this.dataSource.manager, {
      ...{ by, action: 'report/downloaded', subjectId: id },
      details: { kind, rows: row.rowCount, sha256: row.sha256 },
    });
    const stream = Readable.from(this.exports.chunks(id), { objectMode: false });
    return { stream, name: fileName, type: REPORT_WRITERS[row.format].mediaType, bytes: sizeBytes };
  }

  /** Deletes a report, and ends its making. @throws {AppError} `reports/no-such-export` */
  async remove(id: string, by: SignedIn): Promise<void> {
    const row = await this.own(id, by);
    await this.dataSource.transaction(async (manager) => {
      await this.jobs.cancel(manager, row.jobId);
      await this.exports.remove(manager, id);
      const details = { kind: row.report.kind, sha256: row.sha256 };
      await this.audit.record(manager, { by, action: 'report/deleted', subjectId: id, details });
    });
  }

  private async own(id: string, by: SignedIn): Promise<ReportExportRow> {
    const row = await this.exports.get(id);
    if (row.makerId !== by.administratorId) throw noSuchExport();
    return row;
  }
}
