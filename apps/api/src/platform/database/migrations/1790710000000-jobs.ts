import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work that outlives requests and processes, and when what recurs is due next. */
export class Jobs1790710000000 implements MigrationInterface {
  readonly name = 'Jobs1790710000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE job (
        id uuid NOT NULL CONSTRAINT job_pk PRIMARY KEY,
        name text NOT NULL,
        key text,
        payload jsonb NOT NULL,
        state text NOT NULL
          CONSTRAINT job_state_known CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
        made_by jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL,
        due_at timestamptz(3) NOT NULL,
        started_at timestamptz(3),
        finished_at timestamptz(3),
        attempt integer NOT NULL,
        attempts_max integer NOT NULL,
        holder uuid,
        lease_until timestamptz(3),
        cancel_requested boolean NOT NULL,
        progress_done bigint NOT NULL,
        progress_total bigint,
        progress_message text,
        checkpoint jsonb,
        result jsonb,
        error jsonb,
        CONSTRAINT job_held CHECK ((state = 'running') = (holder IS NOT NULL AND lease_until IS NOT NULL))
      );
      CREATE INDEX job_due_idx ON job (name, due_at) WHERE state = 'waiting';
      CREATE INDEX job_lease_idx ON job (lease_until) WHERE state = 'running';
      CREATE INDEX job_finished_idx ON job (finished_at) WHERE finished_at IS NOT NULL;
      CREATE UNIQUE INDEX job_key_key ON job (name, key) WHERE state IN ('waiting', 'running');
      CREATE TABLE job_schedule (
        name text NOT NULL CONSTRAINT job_schedule_pk PRIMARY KEY,
        recurrence text NOT NULL,
        next_at timestamptz(3) NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE job, job_schedule');
  }
}
