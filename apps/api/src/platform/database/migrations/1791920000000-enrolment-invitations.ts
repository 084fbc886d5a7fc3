import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links with which people enrol their own faces. */
export class EnrolmentInvitations1791920000000 implements MigrationInterface {
  readonly name = 'EnrolmentInvitations1791920000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE enrolment_invitation (
        person_id uuid NOT NULL CONSTRAINT enrolment_invitation_pk PRIMARY KEY
          CONSTRAINT enrolment_invitation_person_fk REFERENCES person ON DELETE CASCADE,
        token_hash bytea NOT NULL CONSTRAINT enrolment_invitation_token_uq UNIQUE,
        invited_by text NOT NULL,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        looks integer NOT NULL CONSTRAINT enrolment_invitation_looks_counted CHECK (looks >= 0)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE enrolment_invitation');
  }
}
