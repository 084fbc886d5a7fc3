import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Doors have a place on pictures of the floors. */
export class FloorPlans1791985000000 implements MigrationInterface {
  readonly name = 'FloorPlans1791985000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE floor_plan (
        id uuid NOT NULL CONSTRAINT floor_plan_pk PRIMARY KEY,
        site_id uuid NOT NULL CONSTRAINT floor_plan_site_fk REFERENCES site (id) ON DELETE RESTRICT,
        name text NOT NULL,
        jpeg bytea NOT NULL,
        width integer NOT NULL,
        height integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );
      CREATE UNIQUE INDEX floor_plan_name_key ON floor_plan (site_id, name);
      CREATE TABLE floor_plan_door (
        floor_plan_id uuid NOT NULL CONSTRAINT floor_plan_door_plan_fk REFERENCES floor_plan (id) ON DELETE CASCADE,
        door_id uuid NOT NULL CONSTRAINT floor_plan_door_door_fk REFERENCES door (id) ON DELETE CASCADE,
        x double precision NOT NULL,
        y double precision NOT NULL,
        CONSTRAINT floor_plan_door_pk PRIMARY KEY (floor_plan_id, door_id),
        CONSTRAINT floor_plan_door_inside CHECK (x BETWEEN 0 AND 1 AND y BETWEEN 0 AND 1)
      );
      CREATE INDEX floor_plan_door_door_idx ON floor_plan_door (door_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE floor_plan_door, floor_plan');
  }
}
