import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hashPassword } from '../../auth/passwords';
import { newToken } from '../../auth/token';

/** Administrators who are invited and suspended, and sessions that say from where and how, and end when idle. */
export class Administrators1790300000000 implements MigrationInterface {
  readonly name = 'Administrators1790300000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE administrator
        ALTER password_hash DROP NOT NULL,
        ADD name text,
        ADD invitation_hash bytea,
        ADD invitation_expires_at timestamptz(3),
        ADD suspended_at timestamptz(3),
        ADD last_sign_in_at timestamptz(3);
      CREATE UNIQUE INDEX administrator_invitation_key ON administrator (invitation_hash);
      ALTER TABLE session
        ADD method text NOT NULL DEFAULT 'password',
        ADD address text,
        ADD agent text,
        ADD authenticated_at timestamptz(3),
        ADD last_seen_at timestamptz(3);
      UPDATE session SET authenticated_at = created_at, last_seen_at = now();
      ALTER TABLE session
        ALTER method DROP DEFAULT,
        ALTER authenticated_at SET NOT NULL,
        ALTER last_seen_at SET NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // Who has no password cannot sign in, and whoever is suspended must not: the older release knows neither.
    await runner.query(
      'UPDATE administrator SET password_hash = $1 WHERE password_hash IS NULL OR suspended_at IS NOT NULL',
      [await hashPassword(newToken())],
    );
    await runner.query(`
      DELETE FROM session USING administrator
        WHERE administrator.id = session.administrator_id AND administrator.suspended_at IS NOT NULL;
      ALTER TABLE session DROP method, DROP address, DROP agent, DROP authenticated_at, DROP last_seen_at;
      DROP INDEX administrator_invitation_key;
      ALTER TABLE administrator
        ALTER password_hash SET NOT NULL,
        DROP name, DROP invitation_hash, DROP invitation_expires_at, DROP suspended_at, DROP last_sign_in_at`);
  }
}
