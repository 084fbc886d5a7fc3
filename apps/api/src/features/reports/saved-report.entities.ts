import type {
  ReportDefinition,
  ReportDelivery,
  ReportFormat,
  ReportLanguage,
  ReportTiming,
} from '@munjigi/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Administrator } from '../../platform/auth/administrator.entity';
import { INSTANT_COLUMN } from '../../platform/database/columns';
import { ReportExportRow } from './report-export.entities';

/** A report with a name. */
@Entity({ name: 'saved_report' })
export class SavedReportRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'saved_report_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'owner_id' })
  @ForeignKey(() => Administrator, { name: 'saved_report_owner_fk', onDelete: 'CASCADE' })
  @Index('saved_report_owner_idx')
  ownerId: string;

  @Column({ type: 'text', collation: 'und-x-icu' })
  name: string;

  @Column({ type: 'jsonb' })
  report: ReportDefinition;

  @Column({ type: 'boolean' })
  shared: boolean;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'updated_at' })
  updatedAt: Date;
}

/** When a saved report is made by itself, and who gets it. It belongs to whom the saved report belongs to. */
@Entity({ name: 'report_schedule' })
export class ReportScheduleRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'report_schedule_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'saved_report_id' })
  @ForeignKey(() => SavedReportRow, { name: 'report_schedule_saved_report_fk', onDelete: 'CASCADE' })
  @Index('report_schedule_saved_report_idx')
  savedReportId: string;

  /** No more sites than whoever set it might see with what they proved themselves with; null: all that the owner may. */
  @Column({ type: 'uuid', name: 'site_ids', array: true, nullable: true })
  siteIds: string[] | null;

  @Column({ type: 'text' })
  format: ReportFormat;

  @Column({ type: 'text' })
  language: ReportLanguage;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'jsonb' })
  timing: ReportTiming;

  @Column({ type: 'text', name: 'time_zone' })
  timeZone: string;

  @Column({ type: 'text', array: true })
  recipients: string[];

  @Column({ type: 'boolean' })
  enabled: boolean;

  /** Null while it is not enabled. */
  @Column({ ...INSTANT_COLUMN, name: 'next_at', nullable: true })
  @Index('report_schedule_next_idx')
  nextAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}

/** What came of one time that a schedule was due. */
@Entity({ name: 'report_delivery' })
@Index('report_delivery_schedule_idx', ['scheduleId', 'dueAt'])
@Index('report_delivery_open_idx', ['id'], { where: '"finished_at" IS NULL' })
export class ReportDeliveryRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'report_delivery_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'schedule_id' })
  @ForeignKey(() => ReportScheduleRow, { name: 'report_delivery_schedule_fk', onDelete: 'CASCADE' })
  scheduleId: string;

  @Column({ type: 'uuid', name: 'export_id', nullable: true })
  @ForeignKey(() => ReportExportRow, { name: 'report_delivery_export_fk', onDelete: 'SET NULL' })
  @Index('report_delivery_export_idx')
  exportId: string | null;

  /** The one that it waits for. */
  @Column({ type: 'uuid', name: 'job_id', nullable: true })
  jobId: string | null;

  @Column({ ...INSTANT_COLUMN, name: 'due_at' })
  dueAt: Date;

  @Column({ type: 'text' })
  state: ReportDelivery['state'];

  @Column({ ...INSTANT_COLUMN, name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  detail: string | null;
}
