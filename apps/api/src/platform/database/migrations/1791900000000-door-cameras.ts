import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The cameras of doors are set in the server. */
export class DoorCameras1791900000000 implements MigrationInterface {
  readonly name = 'DoorCameras1791900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE door_camera (
        door_id uuid NOT NULL CONSTRAINT door_camera_pk PRIMARY KEY
          CONSTRAINT door_camera_door_fk REFERENCES door (id) ON DELETE CASCADE,
        camera jsonb NOT NULL,
        master_key_id text,
        wrapped_key bytea,
        sealed_password bytea,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT door_camera_password_whole
          CHECK (num_nonnulls(master_key_id, wrapped_key, sealed_password) IN (0, 3))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE door_camera');
  }
}
