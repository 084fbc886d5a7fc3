import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who must not pass any longer, and up to which of these each door has confirmed. */
export class Revocations1791550000000 implements MigrationInterface {
  readonly name = 'Revocations1791550000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE change ADD revoked boolean;
      CREATE INDEX change_revoked_idx ON change (revision) WHERE revoked;
      ALTER TABLE door_progress ADD revoked_revision bigint`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door_progress DROP revoked_revision');
    await runner.query('DROP INDEX change_revoked_idx');
    await runner.query('ALTER TABLE change DROP revoked');
  }
}
