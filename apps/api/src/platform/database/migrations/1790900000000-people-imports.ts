import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports of people: what was uploaded, sealed and only until it is done, and what became of each row. */
export class PeopleImports1790900000000 implements MigrationInterface {
  readonly name = 'PeopleImports1790900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE people_import (
        id uuid NOT NULL CONSTRAINT people_import_pk PRIMARY KEY,
        maker_kind text NOT NULL,
        maker_id uuid NOT NULL,
        master_key_id text NOT NULL,
        wrapped_key bytea,
        contents jsonb,
        job_id uuid,
        created_at timestamptz(3) NOT NULL
      );
      CREATE INDEX people_import_created_idx ON people_import (created_at);
      CREATE TABLE people_import_file (
        import_id uuid NOT NULL CONSTRAINT people_import_file_import_fk REFERENCES people_import ON DELETE CASCADE,
        number integer NOT NULL,
        name text NOT NULL,
        size_bytes bigint NOT NULL,
        CONSTRAINT people_import_file_pk PRIMARY KEY (import_id, number)
      );
      CREATE TABLE people_import_chunk (
        import_id uuid NOT NULL CONSTRAINT people_import_chunk_import_fk REFERENCES people_import ON DELETE CASCADE,
        file_number integer NOT NULL,
        number integer NOT NULL,
        sealed bytea NOT NULL,
        CONSTRAINT people_import_chunk_pk PRIMARY KEY (import_id, file_number, number)
      );
      ALTER TABLE people_import_chunk ALTER sealed SET STORAGE EXTERNAL;
      CREATE TABLE people_import_row (
        import_id uuid NOT NULL CONSTRAINT people_import_row_import_fk REFERENCES people_import ON DELETE CASCADE,
        "row" integer NOT NULL,
        fate text NOT NULL,
        person_id uuid,
        templates integer NOT NULL,
        code text,
        detail text,
        CONSTRAINT people_import_row_pk PRIMARY KEY (import_id, "row")
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE people_import_row, people_import_chunk, people_import_file, people_import',
    );
  }
}
