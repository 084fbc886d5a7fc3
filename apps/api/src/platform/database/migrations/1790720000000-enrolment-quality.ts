import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a template's picture was worth, templates that an import made, and settings that people change at run time. */
export class EnrolmentQuality1790720000000 implements MigrationInterface {
  readonly name = 'EnrolmentQuality1790720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE setting (
        key text NOT NULL CONSTRAINT setting_pk PRIMARY KEY,
        value jsonb NOT NULL,
        updated_at timestamptz(3) NOT NULL
      );
      ALTER TABLE template ADD quality jsonb;
      ALTER TABLE template DROP CONSTRAINT template_origin_known;
      ALTER TABLE template ADD CONSTRAINT template_origin_known CHECK (origin IN ('photo', 'door', 'import'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE template SET origin = 'photo' WHERE origin = 'import';
      ALTER TABLE template DROP CONSTRAINT template_origin_known;
      ALTER TABLE template ADD CONSTRAINT template_origin_known CHECK (origin IN ('photo', 'door'));
      ALTER TABLE template DROP quality;
      DROP TABLE setting`);
  }
}
