import type { MigrationInterface, QueryRunner } from 'typeorm';
import { newId } from '../uuid';

/** The first schema: people and templates, doors, events, the change feed, sessions and the audit log. */
export class Initial1790000000000 implements MigrationInterface {
  readonly name = 'Initial1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await createAccess(runner);
    await createPeople(runner);
    await createDoors(runner);
    await createEvents(runner);
    await createChangeFeed(runner);
    await createAudit(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_entry, change, change_head, event_cursor, access_event, door, site, portrait, template, person,
        session, administrator, deployment;
      DROP FUNCTION refuse_change()`);
  }
}

async function createAccess(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE deployment (
      id smallint NOT NULL CONSTRAINT deployment_pk PRIMARY KEY CONSTRAINT deployment_single CHECK (id = 1),
      key_check bytea NOT NULL,
      created_at timestamptz(3) NOT NULL
    );
    CREATE TABLE administrator (
      id uuid NOT NULL CONSTRAINT administrator_pk PRIMARY KEY,
      email text NOT NULL,
      password_hash text NOT NULL,
      created_at timestamptz(3) NOT NULL
    );
    CREATE UNIQUE INDEX administrator_email_key ON administrator (email);
    CREATE TABLE session (
      id uuid NOT NULL CONSTRAINT session_pk PRIMARY KEY,
      token_hash bytea NOT NULL,
      administrator_id uuid NOT NULL CONSTRAINT session_administrator_fk REFERENCES administrator ON DELETE CASCADE,
      created_at timestamptz(3) NOT NULL,
      expires_at timestamptz(3) NOT NULL
    );
    CREATE UNIQUE INDEX session_token_hash_key ON session (token_hash);
    CREATE INDEX session_administrator_idx ON session (administrator_id);
    CREATE INDEX session_expiry_idx ON session (expires_at)`);
}

async function createPeople(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE person (
      id uuid NOT NULL CONSTRAINT person_pk PRIMARY KEY,
      name text COLLATE "und-x-icu" NOT NULL,
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3) NOT NULL
    );
    CREATE INDEX person_name_idx ON person (name, id);
    CREATE TABLE template (
      id uuid NOT NULL CONSTRAINT template_pk PRIMARY KEY,
      person_id uuid NOT NULL CONSTRAINT template_person_fk REFERENCES person ON DELETE CASCADE,
      model_id text NOT NULL,
      origin text NOT NULL CONSTRAINT template_origin_known CHECK (origin IN ('photo', 'door')),
      sealed_embedding bytea NOT NULL,
      created_at timestamptz(3) NOT NULL
    );
    CREATE INDEX template_person_idx ON template (person_id);
    CREATE TABLE portrait (
      person_id uuid NOT NULL CONSTRAINT portrait_pk PRIMARY KEY
        CONSTRAINT portrait_person_fk REFERENCES person ON DELETE CASCADE,
      sealed_jpeg bytea NOT NULL,
      updated_at timestamptz(3) NOT NULL
    )`);
}

async function createDoors(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE site (
      id uuid NOT NULL CONSTRAINT site_pk PRIMARY KEY,
      name text NOT NULL,
      created_at timestamptz(3) NOT NULL
    );
    CREATE TABLE door (
      id uuid NOT NULL CONSTRAINT door_pk PRIMARY KEY,
      site_id uuid NOT NULL CONSTRAINT door_site_fk REFERENCES site ON DELETE RESTRICT,
      name text NOT NULL,
      settings jsonb NOT NULL,
      agent_token_hash bytea NOT NULL,
      lock text CONSTRAINT door_lock_known CHECK (lock IN ('locked', 'unlocked')),
      camera_fault text,
      last_seen_at timestamptz(3),
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3) NOT NULL
    );
    CREATE INDEX door_site_idx ON door (site_id);
    CREATE UNIQUE INDEX door_agent_token_hash_key ON door (agent_token_hash)`);
  await runner.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Main site', now())`, [newId()]);
}

async function createEvents(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE access_event (
      id uuid NOT NULL CONSTRAINT access_event_pk PRIMARY KEY,
      door_id uuid NOT NULL CONSTRAINT access_event_door_fk REFERENCES door ON DELETE RESTRICT,
      epoch uuid NOT NULL,
      sequence bigint NOT NULL,
      occurred_at timestamptz(3) NOT NULL,
      received_at timestamptz(3) NOT NULL,
      monotonic_ms double precision NOT NULL,
      clock_offset_ms double precision,
      track_id uuid NOT NULL,
      outcome text NOT NULL CONSTRAINT access_event_outcome_known CHECK (outcome IN ('granted', 'denied')),
      reason text NOT NULL,
      person_id uuid,
      similarity double precision,
      runner_up_similarity double precision,
      similarity_min double precision NOT NULL,
      model_id text NOT NULL,
      applied_revision bigint NOT NULL
    );
    CREATE UNIQUE INDEX access_event_place_key ON access_event (door_id, epoch, sequence);
    CREATE INDEX access_event_time_idx ON access_event (occurred_at, id);
    CREATE INDEX access_event_door_time_idx ON access_event (door_id, occurred_at, id);
    CREATE INDEX access_event_person_time_idx ON access_event (person_id, occurred_at, id)
      WHERE person_id IS NOT NULL;
    CREATE TABLE event_cursor (
      door_id uuid NOT NULL CONSTRAINT event_cursor_door_fk REFERENCES door ON DELETE CASCADE,
      epoch uuid NOT NULL,
      acknowledged_sequence bigint NOT NULL,
      CONSTRAINT event_cursor_pk PRIMARY KEY (door_id, epoch)
    )`);
}

async function createChangeFeed(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE change_head (
      id smallint NOT NULL CONSTRAINT change_head_pk PRIMARY KEY CONSTRAINT change_head_single CHECK (id = 1),
      revision bigint NOT NULL,
      base_revision bigint NOT NULL
    );
    INSERT INTO change_head
      SELECT 1, seconds, seconds FROM (SELECT extract(epoch FROM now())::bigint AS seconds) AS start;
    CREATE TABLE change (
      family text NOT NULL,
      entity_id uuid NOT NULL,
      revision bigint NOT NULL,
      deleted boolean NOT NULL,
      CONSTRAINT change_pk PRIMARY KEY (family, entity_id)
    );
    CREATE UNIQUE INDEX change_revision_key ON change (revision)`);
}

async function createAudit(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE audit_entry (
      id uuid NOT NULL CONSTRAINT audit_entry_pk PRIMARY KEY,
      at timestamptz(3) NOT NULL,
      administrator_id uuid,
      action text NOT NULL,
      subject_id uuid,
      details jsonb NOT NULL
    );
    CREATE INDEX audit_entry_time_idx ON audit_entry (at, id);
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
    CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
}
