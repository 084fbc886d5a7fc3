import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Servers that are told what happens, and what they were told. */
export class Webhooks1791330000000 implements MigrationInterface {
  readonly name = 'Webhooks1791330000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook (
        id uuid NOT NULL CONSTRAINT webhook_pk PRIMARY KEY,
        name text NOT NULL,
        url text NOT NULL,
        events text[] NOT NULL,
        site_ids uuid[],
        people text NOT NULL CONSTRAINT webhook_people_known CHECK (people IN ('none', 'ids', 'names')),
        enabled boolean NOT NULL,
        failing_since timestamptz(3),
        disabled_because text,
        created_at timestamptz(3) NOT NULL
      );
      CREATE TABLE webhook_secret (
        id uuid NOT NULL CONSTRAINT webhook_secret_pk PRIMARY KEY,
        webhook_id uuid NOT NULL CONSTRAINT webhook_secret_webhook_fk REFERENCES webhook ON DELETE CASCADE,
        master_key_id text NOT NULL,
        wrapped_secret bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3)
      );
      CREATE INDEX webhook_secret_webhook_idx ON webhook_secret (webhook_id);
      CREATE INDEX webhook_secret_master_idx ON webhook_secret (master_key_id);
      CREATE TABLE webhook_delivery (
        id uuid NOT NULL CONSTRAINT webhook_delivery_pk PRIMARY KEY,
        webhook_id uuid NOT NULL CONSTRAINT webhook_delivery_webhook_fk REFERENCES webhook ON DELETE CASCADE,
        event text NOT NULL,
        subject_id uuid,
        state text NOT NULL
          CONSTRAINT webhook_delivery_state_known CHECK (state IN ('waiting', 'delivered', 'failed')),
        created_at timestamptz(3) NOT NULL,
        requested_at timestamptz(3) NOT NULL,
        due_at timestamptz(3) NOT NULL,
        attempt_count integer NOT NULL,
        attempts jsonb NOT NULL
      );
      CREATE INDEX webhook_delivery_due_idx ON webhook_delivery (due_at) WHERE state = 'waiting';
      CREATE INDEX webhook_delivery_webhook_idx ON webhook_delivery (webhook_id, created_at, id);
      CREATE INDEX webhook_delivery_created_idx ON webhook_delivery (created_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_delivery, webhook_secret, webhook');
  }
}
