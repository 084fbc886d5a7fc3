import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How doors' computers do, and what kind of fault their cameras have, as their agents last said. */
export class DeviceHealth1791910000000 implements MigrationInterface {
  readonly name = 'DeviceHealth1791910000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door ADD health jsonb, ADD camera_fault_kind text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door DROP health, DROP camera_fault_kind');
  }
}
