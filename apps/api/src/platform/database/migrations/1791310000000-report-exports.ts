import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports that are made in the background, and their files. */
export class ReportExports1791310000000 implements MigrationInterface {
  readonly name = 'ReportExports1791310000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE report_export (
        id uuid NOT NULL CONSTRAINT report_export_pk PRIMARY KEY,
        report jsonb NOT NULL,
        site_ids uuid[],
        format text NOT NULL,
        language text NOT NULL,
        byte_order_mark boolean NOT NULL,
        reason text NOT NULL,
        maker_id uuid NOT NULL,
        made_by jsonb NOT NULL,
        job_id uuid NOT NULL,
        created_at timestamptz(3) NOT NULL,
        kept_until timestamptz(3) NOT NULL,
        file_name text,
        row_count bigint,
        size_bytes bigint,
        sha256 text,
        CONSTRAINT report_export_whole CHECK ((sha256 IS NULL) = (row_count IS NULL))
      );
      CREATE INDEX report_export_maker_idx ON report_export (maker_id, created_at);
      CREATE INDEX report_export_kept_idx ON report_export (kept_until);
      CREATE TABLE report_file_chunk (
        export_id uuid NOT NULL
          CONSTRAINT report_file_chunk_export_fk REFERENCES report_export (id) ON DELETE CASCADE,
        number integer NOT NULL,
        bytes bytea NOT NULL,
        CONSTRAINT report_file_chunk_pk PRIMARY KEY (export_id, number)
      );
      -- Files are packed or hardly read twice.
      ALTER TABLE report_file_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_file_chunk; DROP TABLE report_export');
  }
}
