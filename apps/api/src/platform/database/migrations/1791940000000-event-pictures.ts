import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Visits name the pictures that doors took of them, and the server keeps those. */
export class EventPictures1791940000000 implements MigrationInterface {
  readonly name = 'EventPictures1791940000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_event ADD picture_hash bytea;
      CREATE INDEX access_event_picture_idx ON access_event (door_id, picture_hash, occurred_at)
        WHERE picture_hash IS NOT NULL;
      CREATE TABLE event_picture (
        id uuid NOT NULL CONSTRAINT event_picture_pk PRIMARY KEY,
        door_id uuid NOT NULL CONSTRAINT event_picture_door_fk REFERENCES door ON DELETE CASCADE,
        site_id uuid NOT NULL,
        hash bytea NOT NULL,
        person_id uuid CONSTRAINT event_picture_person_fk REFERENCES person ON DELETE CASCADE,
        occurred_at timestamptz(3) NOT NULL,
        size_bytes integer NOT NULL,
        received_bytes integer NOT NULL,
        master_key_id text,
        wrapped_key bytea,
        sealed_jpeg bytea NOT NULL,
        CONSTRAINT event_picture_received_within CHECK (received_bytes <= size_bytes),
        CONSTRAINT event_picture_key_one CHECK ((person_id IS NULL) = (wrapped_key IS NOT NULL)),
        CONSTRAINT event_picture_master_whole CHECK ((master_key_id IS NULL) = (wrapped_key IS NULL))
      );
      CREATE UNIQUE INDEX event_picture_door_hash_key ON event_picture (door_id, hash);
      CREATE INDEX event_picture_person_idx ON event_picture (person_id) WHERE person_id IS NOT NULL;
      CREATE INDEX event_picture_site_time_idx ON event_picture (site_id, occurred_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE event_picture;
      ALTER TABLE access_event DROP picture_hash`);
  }
}
