import type { ReportDefinition, ReportFormat, ReportLanguage } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Actor } from '../../platform/audit/actor';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';

/** A report that is made in the background, and its file for as long as it is kept. */
@Entity({ name: 'report_export' })
@Index('report_export_maker_idx', ['makerId', 'createdAt'])
@Index('report_export_kept_idx', ['keptUntil'])
@Check('report_export_whole', '("sha256" IS NULL) = ("row_count" IS NULL)')
export class ReportExportRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'report_export_pk' })
  id: string;

  @Column({ type: 'jsonb' })
  report: ReportDefinition;

  /** The sites that whoever asked might see then; null: everything. */
  @Column({ type: 'uuid', name: 'site_ids', array: true, nullable: true })
  siteIds: string[] | null;

  @Column({ type: 'text' })
  format: ReportFormat;

  @Column({ type: 'text' })
  language: ReportLanguage;

  @Column({ type: 'boolean', name: 'byte_order_mark' })
  byteOrderMark: boolean;

  @Column({ type: 'text' })
  reason: string;

  /** The administrator whose it is; of what a token asked for, who made the token. */
  @Column({ type: 'uuid', name: 'maker_id' })
  makerId: string;

  /** Who asked, for the account. */
  @Column({ type: 'jsonb', name: 'made_by' })
  madeBy: Actor;

  @Column({ type: 'uuid', name: 'job_id' })
  jobId: string;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'kept_until' })
  keptUntil: Date;

  /** Null until the file is made, as is what follows. */
  @Column({ type: 'text', name: 'file_name', nullable: true })
  fileName: string | null;

  @Column({ ...COUNT_COLUMN, name: 'row_count', nullable: true })
  rowCount: number | null;

  @Column({ ...COUNT_COLUMN, name: 'size_bytes', nullable: true })
  sizeBytes: number | null;

  /** Hexadecimal. */
  @Column({ type: 'text', nullable: true })
  sha256: string | null;
}

/** A part of an export's file. */
@Entity({ name: 'report_file_chunk' })
export class ReportFileChunk {
  @PrimaryColumn({ type: 'uuid', name: 'export_id', primaryKeyConstraintName: 'report_file_chunk_pk' })
  @ForeignKey(() => ReportExportRow, { name: 'report_file_chunk_export_fk', onDelete: 'CASCADE' })
  exportId: string;

  /** From 0, without gaps. */
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'report_file_chunk_pk' })
  number: number;

  @Column({ type: 'bytea' })
  bytes: Buffer;
}
