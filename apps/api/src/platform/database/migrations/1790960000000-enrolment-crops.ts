import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pictures that templates were made of, kept where retention says so, so that another model can make its own. */
export class EnrolmentCrops1790960000000 implements MigrationInterface {
  readonly name = 'EnrolmentCrops1790960000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE enrolment_crop (
        id uuid NOT NULL CONSTRAINT enrolment_crop_pk PRIMARY KEY,
        person_id uuid NOT NULL CONSTRAINT enrolment_crop_person_fk REFERENCES person ON DELETE CASCADE,
        sealed_jpeg bytea NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX enrolment_crop_person_idx ON enrolment_crop (person_id, id);
      ALTER TABLE template ADD crop_id uuid
        CONSTRAINT template_crop_fk REFERENCES enrolment_crop ON DELETE SET NULL;
      CREATE INDEX template_crop_idx ON template (crop_id);
      CREATE INDEX template_model_idx ON template (model_id, person_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX template_model_idx;
      ALTER TABLE template DROP crop_id;
      DROP TABLE enrolment_crop`);
  }
}
