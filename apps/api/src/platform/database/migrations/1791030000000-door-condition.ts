import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a door is beyond its lock, as its agent last said. */
export class DoorCondition1791030000000 implements MigrationInterface {
  readonly name = 'DoorCondition1791030000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door ADD condition jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door DROP condition');
  }
}
