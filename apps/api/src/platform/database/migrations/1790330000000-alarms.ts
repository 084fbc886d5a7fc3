import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody must look at, and what became of it. */
export class Alarms1790330000000 implements MigrationInterface {
  readonly name = 'Alarms1790330000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alarm (
        id uuid NOT NULL CONSTRAINT alarm_pk PRIMARY KEY,
        key text NOT NULL,
        kind text NOT NULL,
        severity text NOT NULL
          CONSTRAINT alarm_severity_known CHECK (severity IN ('low', 'medium', 'high', 'critical')),
        state text NOT NULL CONSTRAINT alarm_state_known CHECK (state IN ('raised', 'acknowledged', 'resolved')),
        site_id uuid,
        door_id uuid,
        raised_at timestamptz(3) NOT NULL,
        last_at timestamptz(3) NOT NULL,
        count integer NOT NULL,
        acknowledged_at timestamptz(3),
        acknowledged_by text,
        acknowledged_note text,
        resolved_at timestamptz(3),
        resolved_by text,
        resolved_note text,
        details jsonb NOT NULL
      );
      CREATE UNIQUE INDEX alarm_open_key ON alarm (key) WHERE state <> 'resolved';
      CREATE INDEX alarm_time_idx ON alarm (raised_at, id);
      CREATE INDEX alarm_open_time_idx ON alarm (raised_at, id) WHERE state <> 'resolved';
      CREATE INDEX alarm_site_time_idx ON alarm (site_id, raised_at, id);
      CREATE INDEX alarm_door_time_idx ON alarm (door_id, raised_at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE alarm');
  }
}
