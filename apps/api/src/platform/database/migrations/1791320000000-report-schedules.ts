import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports with a name, when they are made by themselves, and what came of that. */
export class ReportSchedules1791320000000 implements MigrationInterface {
  readonly name = 'ReportSchedules1791320000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE saved_report (
        id uuid NOT NULL CONSTRAINT saved_report_pk PRIMARY KEY,
        owner_id uuid NOT NULL
          CONSTRAINT saved_report_owner_fk REFERENCES administrator (id) ON DELETE CASCADE,
        name text COLLATE "und-x-icu" NOT NULL,
        report jsonb NOT NULL,
        shared boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );
      CREATE INDEX saved_report_owner_idx ON saved_report (owner_id);
      CREATE TABLE report_schedule (
        id uuid NOT NULL CONSTRAINT report_schedule_pk PRIMARY KEY,
        saved_report_id uuid NOT NULL
          CONSTRAINT report_schedule_saved_report_fk REFERENCES saved_report (id) ON DELETE CASCADE,
        site_ids uuid[],
        format text NOT NULL,
        language text NOT NULL,
        reason text NOT NULL,
        timing jsonb NOT NULL,
        time_zone text NOT NULL,
        recipients text[] NOT NULL,
        enabled boolean NOT NULL,
        next_at timestamptz(3),
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX report_schedule_saved_report_idx ON report_schedule (saved_report_id);
      CREATE INDEX report_schedule_next_idx ON report_schedule (next_at);
      CREATE TABLE report_delivery (
        id uuid NOT NULL CONSTRAINT report_delivery_pk PRIMARY KEY,
        schedule_id uuid NOT NULL
          CONSTRAINT report_delivery_schedule_fk REFERENCES report_schedule (id) ON DELETE CASCADE,
        export_id uuid CONSTRAINT report_delivery_export_fk REFERENCES report_export (id) ON DELETE SET NULL,
        job_id uuid,
        due_at timestamptz(3) NOT NULL,
        state text NOT NULL,
        finished_at timestamptz(3),
        detail text
      );
      CREATE INDEX report_delivery_schedule_idx ON report_delivery (schedule_id, due_at);
      CREATE INDEX report_delivery_export_idx ON report_delivery (export_id);
      CREATE INDEX report_delivery_open_idx ON report_delivery (id) WHERE finished_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE report_delivery; DROP TABLE report_schedule; DROP TABLE saved_report');
  }
}
