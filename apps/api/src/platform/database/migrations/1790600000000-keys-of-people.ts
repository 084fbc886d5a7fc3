import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key for each person, wrapped by a master key that can be changed, and the transforms of templates. */
export class KeysOfPeople1790600000000 implements MigrationInterface {
  readonly name = 'KeysOfPeople1790600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE deployment ALTER key_check DROP NOT NULL, ADD master_key_id text;
      CREATE TABLE person_key (
        person_id uuid NOT NULL CONSTRAINT person_key_pk PRIMARY KEY
          CONSTRAINT person_key_person_fk REFERENCES person ON DELETE CASCADE,
        master_key_id text NOT NULL,
        wrapped_key bytea NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX person_key_master_idx ON person_key (master_key_id, person_id);
      CREATE TABLE template_transform (
        id uuid NOT NULL CONSTRAINT template_transform_pk PRIMARY KEY,
        master_key_id text NOT NULL,
        wrapped_secret bytea NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX template_transform_master_idx ON template_transform (master_key_id);
      ALTER TABLE template ADD transform_id uuid
        CONSTRAINT template_transform_fk REFERENCES template_transform ON DELETE RESTRICT;
      CREATE INDEX template_transform_idx ON template (transform_id)`);
  }

  /** What was sealed with the keys of people opens in no earlier release: it goes, and people are enrolled again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM template WHERE transform_id IS NOT NULL;
      DELETE FROM portrait WHERE get_byte(sealed_jpeg, 0) = 2;
      DELETE FROM change WHERE family = 'transform';
      ALTER TABLE template DROP transform_id;
      DROP TABLE template_transform, person_key;
      DELETE FROM deployment WHERE key_check IS NULL;
      ALTER TABLE deployment DROP master_key_id, ALTER key_check SET NOT NULL`);
  }
}
