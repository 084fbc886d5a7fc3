import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { noSuchSavedReport, noSuchSchedule } from './report-errors';
import { ReportDeliveryRow, ReportScheduleRow, SavedReportRow } from './saved-report.entities';

const DELIVERIES_MAX = 100;

/** A schedule that is due, with what it makes and for whom. */
export interface DueSchedule {
  readonly schedule: ReportScheduleRow;
  readonly saved: SavedReportRow;
}

/** Keeps saved reports, their schedules, and what came of those. */
@Injectable()
export class SavedReportsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Somebody's own, and what others share, by name. */
  visibleTo(ownerId: string): Promise<SavedReportRow[]> {
    return this.dataSource.manager.find(SavedReportRow, {
      where: [{ ownerId }, { shared: true }],
      order: { name: 'ASC', id: 'ASC' },
    });
  }

  /** @throws {AppError} `reports/no-such-saved-report` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<SavedReportRow> {
    const row = await manager.findOneBy(SavedReportRow, { id });
    if (!row) throw noSuchSavedReport();
    return row;
  }

  async put(manager: EntityManager, row: SavedReportRow): Promise<void> {
    await manager.upsert(SavedReportRow, row, ['id']);
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(SavedReportRow, { id });
  }

  schedulesOf(savedReportId: string, manager: EntityManager): Promise<ReportScheduleRow[]> {
    return manager.findBy(ReportScheduleRow, { savedReportId });
  }

  /** Somebody's own schedules, the oldest first. */
  schedulesOwnedBy(ownerId: string): Promise<ReportScheduleRow[]> {
    return this.dataSource.manager
      .createQueryBuilder(ReportScheduleRow, 'schedule')
      .innerJoin(SavedReportRow, 'saved', 'saved.id = schedule.savedReportId')
      .where('saved.ownerId = :ownerId', { ownerId })
      .orderBy('schedule.createdAt')
      .addOrderBy('schedule.id')
      .getMany();
  }

  /** @throws {AppError} `reports/no-such-schedule` */
  async schedule(id: string): Promise<DueSchedule> {
    const schedule = await this.dataSource.manager.findOneBy(ReportScheduleRow, { id });
    if (!schedule) throw noSuchSchedule();
    return { schedule, saved: await this.get(schedule.savedReportId) };
  }

  async putSchedule(manager: EntityManager, row: ReportScheduleRow): Promise<void> {
    await manager.upsert(ReportScheduleRow, row, ['id']);
  }

  async removeSchedule(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(ReportScheduleRow, { id });
  }

  /** A schedule that is due and that no other process is at, kept from others until the transaction ends; or null. */
  async nextDue(manager: EntityManager): Promise<DueSchedule | null> {
    const [found] = await manager.query<{ id: string }[]>(
      `SELECT id FROM report_schedule WHERE next_at <= now() ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (!found) return null;
    const schedule = await manager.findOneByOrFail(ReportScheduleRow, { id: found.id });
    return { schedule, saved: await this.get(schedule.savedReportId, manager) };
  }

  async addDelivery(manager: EntityManager, row: ReportDeliveryRow): Promise<void> {
    await manager.insert(ReportDeliveryRow, row);
  }

  async changeDelivery(
    manager: EntityManager,
    id: string,
    change: Partial<Omit<ReportDeliveryRow, 'id'>>,
  ): Promise<void> {
    await manager.update(ReportDeliveryRow, { id }, change);
  }

  delivery(id: string): Promise<ReportDeliveryRow | null> {
    return this.dataSource.manager.findOneBy(ReportDeliveryRow, { id });
  }

  /** The delivery that waits for an export, or null. */
  deliveryOf(manager: EntityManager, exportId: string): Promise<ReportDeliveryRow | null> {
    return manager.findOneBy(ReportDeliveryRow, { exportId, state: 'making' });
  }

  deliveriesOf(scheduleId: string): Promise<ReportDeliveryRow[]> {
    return this.dataSource.manager.find(ReportDeliveryRow, {
      where: { scheduleId },
      order: { dueAt: 'DESC', id: 'DESC' },
      take: DELIVERIES_MAX,
    });
  }

  /** Ends the deliveries whose job has ended without them. */
  async failLost(): Promise<void> {
    await this.dataSource.query(
      `UPDATE report_delivery AS delivery SET state = 'failed', finished_at = now(),
         detail = coalesce(job.error ->> 'title', 'It was cancelled.') || coalesce(' ' || (job.error ->> 'detail'), '')
       FROM job WHERE job.id = delivery.job_id AND delivery.finished_at IS NULL AND job.state IN ('failed', 'cancelled')`,
    );
  }
}
