import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People as a site keeps them: fields, groups, validity and status, and what searching a hundred thousand of them takes. */
export class People1790700000000 implements MigrationInterface {
  readonly name = 'People1790700000000';

  async up(runner: QueryRunner): Promise<void> {
    await extendPerson(runner);
    await keepSearchText(runner);
    await createGroups(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE access_group_member, access_group, custom_field, person_activity;
      DROP TRIGGER person_search_text ON person;
      DROP FUNCTION keep_person_search_text();
      ALTER TABLE person
        DROP site_id, DROP kind, DROP employee_number, DROP department, DROP email, DROP phone, DROP custom_fields,
        DROP valid_from, DROP valid_until, DROP status, DROP status_reason, DROP extended_door_time,
        DROP idle_exempt, DROP at_doors, DROP version, DROP field_versions, DROP search_text;
      DROP INDEX person_created_idx;
      DROP INDEX person_updated_idx`);
  }
}

async function extendPerson(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE person
      ADD kind text NOT NULL DEFAULT 'employee'
        CONSTRAINT person_kind_known CHECK (kind IN ('employee', 'visitor')),
      ADD site_id uuid CONSTRAINT person_site_fk REFERENCES site ON DELETE RESTRICT,
      ADD employee_number text,
      ADD department text COLLATE "und-x-icu",
      ADD email text,
      ADD phone text,
      ADD custom_fields jsonb NOT NULL DEFAULT '{}',
      ADD valid_from timestamptz(3),
      ADD valid_until timestamptz(3),
      ADD status text NOT NULL DEFAULT 'active'
        CONSTRAINT person_status_known CHECK (status IN ('active', 'suspended', 'blocked')),
      ADD status_reason text,
      ADD extended_door_time boolean NOT NULL DEFAULT false,
      ADD idle_exempt boolean NOT NULL DEFAULT false,
      ADD at_doors boolean NOT NULL DEFAULT true,
      ADD version bigint NOT NULL DEFAULT 1,
      ADD field_versions jsonb NOT NULL DEFAULT '{}',
      ADD search_text text COLLATE "C" NOT NULL DEFAULT '',
      ADD CONSTRAINT person_status_reason_given CHECK ((status = 'active') = (status_reason IS NULL)),
      ADD CONSTRAINT person_validity_ordered CHECK (valid_from < valid_until);
    CREATE UNIQUE INDEX person_employee_number_key ON person (employee_number);
    CREATE INDEX person_site_idx ON person (site_id);
    CREATE INDEX person_valid_until_idx ON person (valid_until);
    CREATE INDEX person_created_idx ON person (created_at, id);
    CREATE INDEX person_updated_idx ON person (updated_at, id);
    CREATE INDEX person_department_idx ON person (coalesce(department, ''), id);
    CREATE INDEX person_employee_number_idx ON person (coalesce(employee_number, ''), id);
    CREATE TABLE person_activity (
      person_id uuid NOT NULL CONSTRAINT person_activity_pk PRIMARY KEY
        CONSTRAINT person_activity_person_fk REFERENCES person ON DELETE CASCADE,
      last_granted_at timestamptz(3) NOT NULL
    )`);
}

/** By a trigger, so that it is right whoever writes the row. The fields are kept apart by a character that none can hold. */
async function keepSearchText(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE FUNCTION keep_person_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.search_text := lower(
          concat_ws(E'\\x1f', NEW.name, NEW.employee_number, NEW.department, NEW.email) COLLATE "und-x-icu");
        RETURN NEW;
      END $$;
    CREATE TRIGGER person_search_text BEFORE INSERT OR UPDATE OF name, employee_number, department, email ON person
      FOR EACH ROW EXECUTE FUNCTION keep_person_search_text();
    UPDATE person SET name = name;
    CREATE INDEX person_search_idx ON person USING gin (search_text gin_trgm_ops)`);
}

async function createGroups(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE custom_field (
      key text NOT NULL CONSTRAINT custom_field_pk PRIMARY KEY,
      label text NOT NULL,
      type text NOT NULL CONSTRAINT custom_field_type_known CHECK (type IN ('text', 'number', 'date', 'choice')),
      choices text[] NOT NULL,
      position integer NOT NULL,
      created_at timestamptz(3) NOT NULL
    );
    CREATE TABLE access_group (
      id uuid NOT NULL CONSTRAINT access_group_pk PRIMARY KEY,
      name text COLLATE "und-x-icu" NOT NULL,
      site_id uuid CONSTRAINT access_group_site_fk REFERENCES site ON DELETE RESTRICT,
      created_at timestamptz(3) NOT NULL,
      updated_at timestamptz(3) NOT NULL
    );
    CREATE UNIQUE INDEX access_group_name_key ON access_group (site_id, name) NULLS NOT DISTINCT;
    CREATE INDEX access_group_site_idx ON access_group (site_id);
    CREATE TABLE access_group_member (
      person_id uuid NOT NULL CONSTRAINT access_group_member_person_fk REFERENCES person ON DELETE CASCADE,
      group_id uuid NOT NULL CONSTRAINT access_group_member_group_fk REFERENCES access_group ON DELETE CASCADE,
      CONSTRAINT access_group_member_pk PRIMARY KEY (person_id, group_id)
    );
    CREATE INDEX access_group_member_group_idx ON access_group_member (group_id)`);
}
