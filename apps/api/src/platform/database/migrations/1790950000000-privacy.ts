import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Consents, erasures with their proof from every door, and how far each door has got with the feed. */
export class Privacy1790950000000 implements MigrationInterface {
  readonly name = 'Privacy1790950000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent_text (
        version integer NOT NULL CONSTRAINT consent_text_pk PRIMARY KEY,
        texts jsonb NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE TABLE consent (
        id uuid NOT NULL CONSTRAINT consent_pk PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT consent_person_fk REFERENCES person ON DELETE CASCADE,
        text_version integer NOT NULL CONSTRAINT consent_text_fk REFERENCES consent_text ON DELETE RESTRICT,
        how text NOT NULL CONSTRAINT consent_how_known CHECK (how IN ('paper', 'screen', 'invitation')),
        recorded_by text NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        withdrawn_at timestamptz(3)
      );
      CREATE INDEX consent_person_idx ON consent (person_id, recorded_at);
      CREATE INDEX consent_text_idx ON consent (text_version);
      CREATE TABLE door_progress (
        door_id uuid NOT NULL CONSTRAINT door_progress_pk PRIMARY KEY
          CONSTRAINT door_progress_door_fk REFERENCES door ON DELETE CASCADE,
        applied_revision bigint NOT NULL,
        applied_at timestamptz(3) NOT NULL
      );
      CREATE TABLE erasure (
        id uuid NOT NULL CONSTRAINT erasure_pk PRIMARY KEY,
        subject_hash bytea NOT NULL,
        site_id uuid CONSTRAINT erasure_site_fk REFERENCES site ON DELETE SET NULL,
        revision bigint NOT NULL,
        erased_at timestamptz(3) NOT NULL
      );
      CREATE UNIQUE INDEX erasure_subject_key ON erasure (subject_hash);
      CREATE INDEX erasure_site_idx ON erasure (site_id);
      CREATE TABLE erasure_door (
        erasure_id uuid NOT NULL CONSTRAINT erasure_door_erasure_fk REFERENCES erasure ON DELETE CASCADE,
        door_id uuid NOT NULL CONSTRAINT erasure_door_door_fk REFERENCES door ON DELETE CASCADE,
        confirmed_at timestamptz(3),
        CONSTRAINT erasure_door_pk PRIMARY KEY (erasure_id, door_id)
      );
      CREATE INDEX erasure_door_open_idx ON erasure_door (door_id) WHERE confirmed_at IS NULL`);
    // Whoever enrolled before consents were kept here goes on until somebody decides otherwise.
    await runner.query(`
      INSERT INTO setting (key, value, updated_at)
      SELECT 'privacy', '{"consent": "managed-elsewhere"}', now() WHERE EXISTS (SELECT FROM template)
      ON CONFLICT (key) DO NOTHING`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE erasure_door, erasure, door_progress, consent, consent_text;
      DELETE FROM setting WHERE key = 'privacy'`);
  }
}
