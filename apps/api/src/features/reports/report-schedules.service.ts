import { Injectable } from '@nestjs/common';
import type {
  ReportScheduleRequest,
  reportDeliveryListSchema,
  reportScheduleListSchema,
  reportScheduleSchema,
} from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newId } from '../../platform/database/uuid';
import { Mailer } from '../../platform/mail/mailer';
import { noSuchSchedule } from './report-errors';
import { ReportScopes, siteIdsOf } from './report-scopes';
import { presentDelivery, presentSchedule } from './saved-report.presenter';
import type { ReportScheduleRow } from './saved-report.entities';
import { SavedReportsRepository, type DueSchedule } from './saved-reports.repository';
import { SavedReportsService } from './saved-reports.service';
import { nextDue } from './schedule-timing';

type ScheduleView = z.input<typeof reportScheduleSchema>;

/** When saved reports are made by themselves; each owner's own. */
@Injectable()
export class ReportSchedulesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly saved: SavedReportsRepository,
    private readonly reports: SavedReportsService,
    private readonly scopes: ReportScopes,
    private readonly mailer: Mailer,
    private readonly audit: Audit,
  ) {}

  async list(by: SignedIn): Promise<z.input<typeof reportScheduleListSchema>> {
    const rows = await this.saved.schedulesOwnedBy(by.administratorId);
    return { items: rows.map((row) => presentSchedule(row, this.mailer.configured)) };
  }

  /** @throws {AppError} `reports/no-such-schedule` */
  async get(id: string, by: SignedIn): Promise<ScheduleView> {
    return presentSchedule((await this.own(id, by)).schedule, this.mailer.configured);
  }

  /** @throws {AppError} `reports/no-such-saved-report`, `auth/forbidden` for who may not export it */
  create(request: ReportScheduleRequest, by: SignedIn): Promise<ScheduleView> {
    return this.put({ id: newId(), createdAt: new Date() }, request, by);
  }

  /** @throws {AppError} as {@link create}, `reports/no-such-schedule` */
  async replace(id: string, request: ReportScheduleRequest, by: SignedIn): Promise<ScheduleView> {
    return this.put((await this.own(id, by)).schedule, request, by);
  }

  /** @throws {AppError} `reports/no-such-schedule` */
  async remove(id: string, by: SignedIn): Promise<void> {
    const { schedule } = await this.own(id, by);
    await this.dataSource.transaction(async (manager) => {
      await this.saved.removeSchedule(manager, id);
      const before = contentOf(schedule);
      await this.audit.record(manager, { by, action: 'report/schedule-deleted', subjectId: id, before });
    });
  }

  /** @throws {AppError} `reports/no-such-schedule` */
  async deliveries(id: string, by: SignedIn): Promise<z.input<typeof reportDeliveryListSchema>> {
    await this.own(id, by);
    return { items: (await this.saved.deliveriesOf(id)).map(presentDelivery) };
  }

  private async put(
    before: Pick<ReportScheduleRow, 'id' | 'createdAt'> & Partial<ReportScheduleRow>,
    request: ReportScheduleRequest,
    by: SignedIn,
  ): Promise<ScheduleView> {
    const now = new Date();
    const { report } = await this.reports.own(request.savedReportId, by);
    const scope = await this.scopes.of(report, { access: by.access, permission: 'reports:export', now });
    const row: ReportScheduleRow = {
      ...request,
      ...{ id: before.id, createdAt: before.createdAt, siteIds: siteIdsOf(scope) },
      nextAt: request.enabled ? nextDue(request.timing, request.timeZone, now) : null,
    };
    const isNew = before.savedReportId === undefined;
    await this.dataSource.transaction(async (manager) => {
      await this.saved.putSchedule(manager, row);
      await this.audit.record(manager, {
        ...{ by, subjectId: row.id, reason: row.reason, after: contentOf(row) },
        action: isNew ? 'report/scheduled' : 'report/schedule-changed',
        ...(isNew ? {} : { before: contentOf(before) }),
      });
    });
    return presentSchedule(row, this.mailer.configured);
  }

  private async own(id: string, by: SignedIn): Promise<DueSchedule> {
    const found = await this.saved.schedule(id);
    if (found.saved.ownerId !== by.administratorId) throw noSuchSchedule();
    return found;
  }
}

function contentOf(row: Partial<ReportScheduleRow>): Record<string, unknown> {
  const { savedReportId, siteIds, format, language, timing, timeZone, recipients, enabled } = row;
  return { savedReportId, siteIds, format, language, timing, timeZone, recipients, enabled };
}
