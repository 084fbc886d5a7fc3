import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the first set-up asks for: the organisation's name, and the time zone of a site. */
export class Setup1790810000000 implements MigrationInterface {
  readonly name = 'Setup1790810000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE setup_code (
        id uuid NOT NULL CONSTRAINT setup_code_pk PRIMARY KEY,
        code_hash bytea NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      ALTER TABLE deployment ADD organisation_name text, ADD set_up_at timestamptz(3);
      UPDATE deployment SET set_up_at = now() WHERE EXISTS (SELECT FROM administrator);
      ALTER TABLE site ADD time_zone text NOT NULL DEFAULT 'UTC'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE site DROP time_zone;
      ALTER TABLE deployment DROP organisation_name, DROP set_up_at;
      DROP TABLE setup_code`);
  }
}
