import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How full the disk of a door's computer is, as the agent tells it; null while it has not told. */
export class DoorDisk1791540000000 implements MigrationInterface {
  readonly name = 'DoorDisk1791540000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door ADD disk jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door DROP disk');
  }
}
