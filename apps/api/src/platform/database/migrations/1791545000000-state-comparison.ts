import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a door's state was last compared with what it should be, and whether it was the same. */
export class StateComparison1791545000000 implements MigrationInterface {
  readonly name = 'StateComparison1791545000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door_progress ADD compared_at timestamptz(3), ADD agrees boolean');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door_progress DROP compared_at, DROP agrees');
  }
}
