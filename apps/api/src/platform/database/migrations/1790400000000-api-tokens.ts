import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens for programs, and attempts to sign in that are counted where every server sees them. */
export class ApiTokens1790400000000 implements MigrationInterface {
  readonly name = 'ApiTokens1790400000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_token (
        id uuid NOT NULL CONSTRAINT api_token_pk PRIMARY KEY,
        name text NOT NULL,
        token_hash bytea NOT NULL,
        hint text NOT NULL,
        administrator_id uuid NOT NULL
          CONSTRAINT api_token_administrator_fk REFERENCES administrator ON DELETE CASCADE,
        permissions text[] NOT NULL,
        site_ids uuid[],
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        last_used_at timestamptz(3),
        last_used_from text
      );
      CREATE UNIQUE INDEX api_token_hash_key ON api_token (token_hash);
      CREATE INDEX api_token_administrator_idx ON api_token (administrator_id);
      CREATE TABLE sign_in_attempt (
        key text NOT NULL CONSTRAINT sign_in_attempt_pk PRIMARY KEY,
        failures int NOT NULL,
        last_at timestamptz(3) NOT NULL,
        blocked_until timestamptz(3)
      );
      CREATE INDEX sign_in_attempt_time_idx ON sign_in_attempt (last_at);
      CREATE TABLE known_browser (
        id uuid NOT NULL CONSTRAINT known_browser_pk PRIMARY KEY,
        administrator_id uuid NOT NULL
          CONSTRAINT known_browser_administrator_fk REFERENCES administrator ON DELETE CASCADE,
        token_hash bytea NOT NULL,
        expires_at timestamptz(3) NOT NULL
      );
      CREATE INDEX known_browser_administrator_idx ON known_browser (administrator_id);
      CREATE INDEX known_browser_hash_idx ON known_browser (token_hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_browser, sign_in_attempt, api_token');
  }
}
