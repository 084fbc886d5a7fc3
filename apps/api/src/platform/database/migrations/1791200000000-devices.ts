import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Doors are paired with devices, which prove themselves by keys of their own. */
export class Devices1791200000000 implements MigrationInterface {
  readonly name = 'Devices1791200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deployment ADD server_id uuid NOT NULL DEFAULT gen_random_uuid();
      ALTER TABLE deployment ALTER server_id DROP DEFAULT;
      ALTER TABLE door
        ADD paired_at timestamptz(3),
        ADD agent_version text,
        ADD agent_protocol integer,
        ADD clock_offset_ms double precision;
      CREATE TABLE device_key (
        fingerprint text NOT NULL CONSTRAINT device_key_pk PRIMARY KEY,
        door_id uuid NOT NULL CONSTRAINT device_key_door_fk REFERENCES door (id) ON DELETE CASCADE,
        public_key bytea NOT NULL,
        server_name text NOT NULL,
        state text NOT NULL
          CONSTRAINT device_key_state_known CHECK (state IN ('current', 'next', 'replaced', 'revoked')),
        created_at timestamptz(3) NOT NULL,
        ended_at timestamptz(3)
      );
      CREATE INDEX device_key_door_idx ON device_key (door_id);
      CREATE UNIQUE INDEX device_key_current_key ON device_key (door_id) WHERE state = 'current';
      CREATE UNIQUE INDEX device_key_next_key ON device_key (door_id) WHERE state = 'next';
      CREATE TABLE pairing_code (
        id uuid NOT NULL CONSTRAINT pairing_code_pk PRIMARY KEY,
        door_id uuid NOT NULL CONSTRAINT pairing_code_door_fk REFERENCES door (id) ON DELETE CASCADE,
        code_hash bytea NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        used_by text
      );
      CREATE INDEX pairing_code_door_idx ON pairing_code (door_id);
      CREATE INDEX pairing_code_hash_idx ON pairing_code (code_hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE pairing_code;
      DROP TABLE device_key;
      ALTER TABLE door DROP paired_at, DROP agent_version, DROP agent_protocol, DROP clock_offset_ms;
      ALTER TABLE deployment DROP server_id`);
  }
}
