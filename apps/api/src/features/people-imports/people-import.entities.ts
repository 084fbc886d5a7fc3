import type { ImportFate, ImportTable } from '@munjigi/contracts';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../../platform/database/columns';
import type { ActorKind } from '../../platform/audit/actor';

/** What an upload holds. */
export interface ImportContents {
  readonly table: ImportTable;
  /** The file or archive entry that the table is. */
  readonly tableName: string;
  readonly photos: number;
}

/** An import of people, as it was uploaded. */
@Entity({ name: 'people_import' })
export class PeopleImport {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'people_import_pk' })
  id: string;

  @Column({ type: 'text', name: 'maker_kind' })
  makerKind: ActorKind;

  @Column({ type: 'uuid', name: 'maker_id' })
  makerId: string;

  @Column({ type: 'text', name: 'master_key_id' })
  masterKeyId: string;

  /** What the chunks are sealed with; null once it is done, and they are gone. */
  @Column({ type: 'bytea', name: 'wrapped_key', nullable: true })
  wrappedKey: Buffer | null;

  /** Null while it is being uploaded. */
  @Column({ type: 'jsonb', nullable: true })
  contents: ImportContents | null;

  /** Null before the start. */
  @Column({ type: 'uuid', name: 'job_id', nullable: true })
  jobId: string | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  @Index('people_import_created_idx')
  createdAt: Date;
}

/** One uploaded file. */
@Entity({ name: 'people_import_file' })
export class ImportFile {
  @PrimaryColumn({ type: 'uuid', name: 'import_id', primaryKeyConstraintName: 'people_import_file_pk' })
  @ForeignKey(() => PeopleImport, { name: 'people_import_file_import_fk', onDelete: 'CASCADE' })
  importId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'people_import_file_pk' })
  number: number;

  @Column({ type: 'text' })
  name: string;

  @Column({ ...COUNT_COLUMN, name: 'size_bytes' })
  sizeBytes: number;
}

/** A part of an uploaded file, sealed. */
@Entity({ name: 'people_import_chunk' })
export class ImportChunk {
  @PrimaryColumn({ type: 'uuid', name: 'import_id', primaryKeyConstraintName: 'people_import_chunk_pk' })
  @ForeignKey(() => PeopleImport, { name: 'people_import_chunk_import_fk', onDelete: 'CASCADE' })
  importId: string;

  @PrimaryColumn({ type: 'integer', name: 'file_number', primaryKeyConstraintName: 'people_import_chunk_pk' })
  fileNumber: number;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'people_import_chunk_pk' })
  number: number;

  @Column({ type: 'bytea' })
  sealed: Buffer;
}

/** What became of a row; holds nothing of its cells. */
@Entity({ name: 'people_import_row' })
export class ImportRow {
  @PrimaryColumn({ type: 'uuid', name: 'import_id', primaryKeyConstraintName: 'people_import_row_pk' })
  @ForeignKey(() => PeopleImport, { name: 'people_import_row_import_fk', onDelete: 'CASCADE' })
  importId: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'people_import_row_pk' })
  row: number;

  @Column({ type: 'text' })
  fate: ImportFate['fate'];

  @Column({ type: 'uuid', name: 'person_id', nullable: true })
  personId: string | null;

  @Column({ type: 'integer' })
  templates: number;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'text', nullable: true })
  detail: string | null;
}
