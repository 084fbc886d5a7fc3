import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Actor } from '../../platform/audit/actor';
import { accessOf } from '../../platform/auth/access-of';
import { Administrator } from '../../platform/auth/administrator.entity';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { Jobs } from '../../platform/jobs/jobs';
import { ReportExportsService } from './report-exports.service';
import { REPORT_KINDS_BY_NAME } from './report-kinds';
import { ReportScopes } from './report-scopes';
import type { ReportScope } from './report-scope';
import { SavedReportsRepository, type DueSchedule } from './saved-reports.repository';
import { nextDue } from './schedule-timing';

const EVERY_MS = 60_000;

/** Has reports made whose time has come, with the rights that their owners have then. */
@Injectable()
export class ScheduleRuns {
  constructor(
    private readonly dataSource: DataSource,
    private readonly saved: SavedReportsRepository,
    private readonly scopes: ReportScopes,
    private readonly exports: ReportExportsService,
    jobs: Jobs,
  ) {
    jobs.define('reports/schedules', {
      schema: z.object({}),
      run: () => this.run(),
      recurrence: { everyMs: EVERY_MS },
    });
  }

  /** Begins all that is due. Times that were missed are made up for once. @returns how many */
  async run(): Promise<{ begun: number }> {
    await this.saved.failLost();
    for (let begun = 0; ; begun++) {
      const found = await this.dataSource.transaction(async (manager) => {
        const due = await this.saved.nextDue(manager);
        if (due) await this.begin(manager, due);
        return due !== null;
      });
      if (!found) return { begun };
    }
  }

  private async begin(manager: EntityManager, { schedule, saved }: DueSchedule): Promise<void> {
    const now = new Date();
    const dueAt = schedule.nextAt ?? now;
    const nextAt = nextDue(schedule.timing, schedule.timeZone, now);
    await this.saved.putSchedule(manager, { ...schedule, nextAt });
    const delivery = { id: newId(), scheduleId: schedule.id, dueAt };
    const owner = await manager.findOneByOrFail(Administrator, { id: saved.ownerId });
    try {
      const scope = await this.scopeFor(manager, { schedule, saved }, owner, now);
      const order = { report: saved.report, ...schedule, byteOrderMark: true, scope };
      const by: Actor = {
        actorKind: 'administrator',
        actorId: owner.id,
        actorName: owner.email,
        address: null,
      };
      const { id: exportId, jobId } = await this.exports.order(manager, order, { makerId: owner.id, by });
      await this.saved.addDelivery(manager, {
        ...{ ...delivery, exportId, jobId },
        ...{ state: 'making', finishedAt: null, detail: null },
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const detail = `${error.message} ${error.detail ?? ''}`.trim();
      const failed = { state: 'failed', finishedAt: now, detail, exportId: null, jobId: null } as const;
      await this.saved.addDelivery(manager, { ...delivery, ...failed });
    }
  }

  /** @throws {AppError} when the owner may not see it any more */
  private async scopeFor(
    manager: EntityManager,
    { schedule, saved }: DueSchedule,
    owner: Administrator,
    now: Date,
  ): Promise<ReportScope> {
    if (owner.suspendedAt) {
      throw new AppError('forbidden', 'reports/owner-suspended', 'The owner of the schedule is suspended.');
    }
    const own = REPORT_KINDS_BY_NAME[saved.report.kind].permission;
    const access = (await accessOf(manager, owner.id)).within(['reports:export', own], schedule.siteIds);
    return this.scopes.of(saved.report, { access, permission: 'reports:export', now });
  }
}
