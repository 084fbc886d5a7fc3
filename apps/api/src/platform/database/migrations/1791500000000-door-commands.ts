import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What doors were commanded, and what has become of it. */
export class DoorCommands1791500000000 implements MigrationInterface {
  readonly name = 'DoorCommands1791500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE door_command (
        id uuid NOT NULL CONSTRAINT door_command_pk PRIMARY KEY,
        door_id uuid NOT NULL CONSTRAINT door_command_door_fk REFERENCES door ON DELETE CASCADE,
        command jsonb NOT NULL,
        reason text NOT NULL,
        asked_by text NOT NULL,
        asked_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        state text NOT NULL
          CONSTRAINT door_command_state_known CHECK (state IN ('asked', 'accepted', 'refused', 'done', 'failed')),
        refusal text,
        detail text,
        unlock_ms integer,
        accepted_at timestamptz(3),
        ended_at timestamptz(3),
        diagnostics jsonb
      );
      CREATE INDEX door_command_door_idx ON door_command (door_id, asked_at);
      CREATE INDEX door_command_asked_idx ON door_command (asked_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE door_command');
  }
}
