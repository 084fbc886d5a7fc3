import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Authenticator apps, recovery codes and passkeys of administrators. */
export class SecondFactors1790800000000 implements MigrationInterface {
  readonly name = 'SecondFactors1790800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE authenticator_app (
        administrator_id uuid NOT NULL CONSTRAINT authenticator_app_pk PRIMARY KEY
          CONSTRAINT authenticator_app_administrator_fk REFERENCES administrator ON DELETE CASCADE,
        master_key_id text NOT NULL,
        wrapped_secret bytea NOT NULL,
        confirmed_at timestamptz(3),
        last_step bigint
      );
      CREATE INDEX authenticator_app_master_idx ON authenticator_app (master_key_id);
      CREATE TABLE recovery_code (
        id uuid NOT NULL CONSTRAINT recovery_code_pk PRIMARY KEY,
        administrator_id uuid NOT NULL
          CONSTRAINT recovery_code_administrator_fk REFERENCES administrator ON DELETE CASCADE,
        code_hash bytea NOT NULL
      );
      CREATE INDEX recovery_code_administrator_idx ON recovery_code (administrator_id);
      CREATE TABLE passkey (
        id uuid NOT NULL CONSTRAINT passkey_pk PRIMARY KEY,
        administrator_id uuid NOT NULL
          CONSTRAINT passkey_administrator_fk REFERENCES administrator ON DELETE CASCADE,
        name text NOT NULL,
        credential_id text NOT NULL,
        public_key bytea NOT NULL,
        counter bigint NOT NULL,
        transports text[] NOT NULL,
        backed_up boolean NOT NULL,
        created_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3)
      );
      CREATE INDEX passkey_administrator_idx ON passkey (administrator_id);
      CREATE UNIQUE INDEX passkey_credential_key ON passkey (credential_id);
      CREATE TABLE passkey_challenge (
        id uuid NOT NULL CONSTRAINT passkey_challenge_pk PRIMARY KEY,
        administrator_id uuid
          CONSTRAINT passkey_challenge_administrator_fk REFERENCES administrator ON DELETE CASCADE,
        challenge text NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX passkey_challenge_administrator_idx ON passkey_challenge (administrator_id);
      CREATE INDEX passkey_challenge_expiry_idx ON passkey_challenge (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE passkey_challenge, passkey, recovery_code, authenticator_app');
  }
}
