import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visits, and notices to people who have not been seen for long. */
export class Lifecycle1790730000000 implements MigrationInterface {
  readonly name = 'Lifecycle1790730000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE visit (
        person_id uuid NOT NULL CONSTRAINT visit_pk PRIMARY KEY
          CONSTRAINT visit_person_fk REFERENCES person ON DELETE CASCADE,
        host_id uuid CONSTRAINT visit_host_fk REFERENCES person ON DELETE SET NULL,
        purpose text NOT NULL,
        company text,
        recurrence jsonb,
        ended_at timestamptz(3),
        forgotten_at timestamptz(3)
      );
      CREATE INDEX visit_host_idx ON visit (host_id);
      CREATE INDEX visit_open_idx ON visit (person_id) WHERE forgotten_at IS NULL;
      CREATE TABLE idle_notice (
        person_id uuid NOT NULL CONSTRAINT idle_notice_pk PRIMARY KEY
          CONSTRAINT idle_notice_person_fk REFERENCES person ON DELETE CASCADE,
        noticed_at timestamptz(3) NOT NULL,
        due_at timestamptz(3) NOT NULL
      );
      CREATE INDEX idle_notice_due_idx ON idle_notice (due_at)`);
  }

  /** People who visited stay, as people of a bounded time. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idle_notice, visit');
  }
}
