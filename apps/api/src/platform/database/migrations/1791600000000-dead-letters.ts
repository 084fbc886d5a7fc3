import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that could not be taken into the account, and places of which the events are lost. */
export class DeadLetters1791600000000 implements MigrationInterface {
  readonly name = 'DeadLetters1791600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dead_letter (
        id uuid NOT NULL CONSTRAINT dead_letter_pk PRIMARY KEY,
        door_id uuid NOT NULL,
        site_id uuid,
        epoch uuid NOT NULL,
        sequence bigint NOT NULL,
        digest bytea NOT NULL,
        reason text NOT NULL,
        detail text NOT NULL,
        event text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        state text NOT NULL
          CONSTRAINT dead_letter_state_known CHECK (state IN ('open', 'stored', 'dismissed')),
        settled_at timestamptz(3),
        settled_by text,
        settled_note text,
        CONSTRAINT dead_letter_settled_whole CHECK ((state = 'open') = (settled_at IS NULL))
      );
      CREATE UNIQUE INDEX dead_letter_place_key ON dead_letter (door_id, epoch, sequence, digest);
      CREATE INDEX dead_letter_time_idx ON dead_letter (received_at, id);
      CREATE INDEX dead_letter_open_idx ON dead_letter (received_at, id) WHERE state = 'open';
      CREATE TABLE event_gap (
        door_id uuid NOT NULL CONSTRAINT event_gap_door_fk REFERENCES door ON DELETE CASCADE,
        epoch uuid NOT NULL,
        first_sequence bigint NOT NULL,
        last_sequence bigint NOT NULL,
        noticed_at timestamptz(3) NOT NULL,
        CONSTRAINT event_gap_pk PRIMARY KEY (door_id, epoch, first_sequence),
        CONSTRAINT event_gap_forward CHECK (first_sequence <= last_sequence)
      );
      ALTER TABLE event_cursor
        ADD announced_sequence bigint NOT NULL DEFAULT 0,
        ADD first_heard_at timestamptz(3),
        ADD last_heard_at timestamptz(3)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event_cursor DROP announced_sequence, DROP first_heard_at, DROP last_heard_at;
      DROP TABLE event_gap, dead_letter`);
  }
}
