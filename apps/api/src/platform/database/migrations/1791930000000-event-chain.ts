import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each event carries the hash of the one before it, and devices vouch for them. */
export class EventChain1791930000000 implements MigrationInterface {
  readonly name = 'EventChain1791930000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_event ADD clock_error_ms double precision, ADD previous_hash bytea, ADD extra jsonb;
      ALTER TABLE door_event ADD clock_error_ms double precision, ADD previous_hash bytea, ADD extra jsonb;
      ALTER TABLE event_cursor
        ADD chain_hash bytea,
        ADD chain_first_sequence bigint,
        ADD chain_broken_sequence bigint;
      CREATE TABLE event_checkpoint (
        door_id uuid NOT NULL CONSTRAINT event_checkpoint_door_fk REFERENCES door ON DELETE CASCADE,
        epoch uuid NOT NULL,
        sequence bigint NOT NULL,
        hash bytea NOT NULL,
        signed_at text NOT NULL,
        received_at timestamptz(3) NOT NULL,
        fingerprint text NOT NULL,
        signature text NOT NULL,
        CONSTRAINT event_checkpoint_pk PRIMARY KEY (door_id, epoch, sequence)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE event_checkpoint;
      ALTER TABLE event_cursor DROP chain_hash, DROP chain_first_sequence, DROP chain_broken_sequence;
      ALTER TABLE door_event DROP clock_error_ms, DROP previous_hash, DROP extra;
      ALTER TABLE access_event DROP clock_error_ms, DROP previous_hash, DROP extra`);
  }
}
