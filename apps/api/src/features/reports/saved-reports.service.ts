import { Injectable } from '@nestjs/common';
import type { SavedReportRequest, savedReportListSchema, savedReportSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newId } from '../../platform/database/uuid';
import { noSuchSavedReport } from './report-errors';
import { ReportScopes, siteIdsOf } from './report-scopes';
import { presentSaved } from './saved-report.presenter';
import type { SavedReportRow } from './saved-report.entities';
import { SavedReportsRepository } from './saved-reports.repository';

type SavedView = z.input<typeof savedReportSchema>;

/** Reports with a name. A shared one tells others what is asked for, never what came of it. */
@Injectable()
export class SavedReportsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly saved: SavedReportsRepository,
    private readonly scopes: ReportScopes,
    private readonly audit: Audit,
  ) {}

  async list(by: SignedIn): Promise<z.input<typeof savedReportListSchema>> {
    const rows = await this.saved.visibleTo(by.administratorId);
    return { items: rows.map((row) => presentSaved(row, by.administratorId)) };
  }

  /** @throws {AppError} `reports/no-such-saved-report` */
  async get(id: string, by: SignedIn): Promise<SavedView> {
    const row = await this.saved.get(id);
    if (row.ownerId !== by.administratorId && !row.shared) throw noSuchSavedReport();
    return presentSaved(row, by.administratorId);
  }

  /** @throws {AppError} as `ReportScopes.of`: nobody saves what they may not see */
  async create(request: SavedReportRequest, by: SignedIn): Promise<SavedView> {
    const now = new Date();
    await this.scopes.of(request.report, { access: by.access, permission: 'reports:write', now });
    const row = { ...request, id: newId(), ownerId: by.administratorId, createdAt: now, updatedAt: now };
    await this.put(row, by, 'report/saved');
    return presentSaved(row, by.administratorId);
  }

  /** @throws {AppError} as {@link create}, `reports/no-such-saved-report` */
  async replace(id: string, request: SavedReportRequest, by: SignedIn): Promise<SavedView> {
    const before = await this.own(id, by);
    const now = new Date();
    await this.scopes.of(request.report, { access: by.access, permission: 'reports:write', now });
    const row = { ...before, ...request, updatedAt: now };
    await this.put(row, by, 'report/saved-changed', before);
    return presentSaved(row, by.administratorId);
  }

  /** Deletes it, with its schedules. @throws {AppError} `reports/no-such-saved-report` */
  async remove(id: string, by: SignedIn): Promise<void> {
    const { name, report, shared } = await this.own(id, by);
    await this.dataSource.transaction(async (manager) => {
      await this.saved.remove(manager, id);
      const before = { name, report, shared };
      await this.audit.record(manager, { by, action: 'report/saved-deleted', subjectId: id, before });
    });
  }

  /** A saved report of the asker's own. @throws {AppError} `reports/no-such-saved-report` */
  async own(id: string, by: SignedIn): Promise<SavedReportRow> {
    const row = await this.saved.get(id);
    if (row.ownerId !== by.administratorId) throw noSuchSavedReport();
    return row;
  }

  private async put(
    row: SavedReportRow,
    by: SignedIn,
    action: `report/${string}`,
    before?: SavedReportRow,
  ): Promise<void> {
    const content = ({ name, report, shared }: SavedReportRow) => ({ name, report, shared });
    await this.dataSource.transaction(async (manager) => {
      await this.saved.put(manager, row);
      for (const schedule of before ? await this.saved.schedulesOf(row.id, manager) : []) {
        // It reaches as far as whoever changed what it makes.
        const at = { access: by.access, permission: 'reports:export', now: row.updatedAt } as const;
        const siteIds = siteIdsOf(await this.scopes.of(row.report, at));
        await this.saved.putSchedule(manager, { ...schedule, siteIds });
      }
      await this.audit.record(manager, {
        ...{ by, action, subjectId: row.id, after: content(row) },
        ...(before && { before: content(before) }),
      });
    });
  }
}
