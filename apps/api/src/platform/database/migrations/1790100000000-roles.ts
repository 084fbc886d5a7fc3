import type { MigrationInterface, QueryRunner } from 'typeorm';
import { newId } from '../uuid';

const BUILT_IN = ['owner', 'administrator', 'site-manager', 'operator', 'registrar', 'auditor'];

/**
 * Roles and who has them where, and an account that says from where something was done and what it changed. Whoever
 * could sign in before could do everything: they become owners.
 */
export class Roles1790100000000 implements MigrationInterface {
  readonly name = 'Roles1790100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE role (
        id uuid NOT NULL CONSTRAINT role_pk PRIMARY KEY,
        key text,
        name text NOT NULL,
        permissions text[] NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE UNIQUE INDEX role_key_key ON role (key);
      CREATE UNIQUE INDEX role_name_key ON role (name);
      CREATE TABLE role_grant (
        id uuid NOT NULL CONSTRAINT role_grant_pk PRIMARY KEY,
        administrator_id uuid NOT NULL
          CONSTRAINT role_grant_administrator_fk REFERENCES administrator ON DELETE CASCADE,
        role_id uuid NOT NULL CONSTRAINT role_grant_role_fk REFERENCES role ON DELETE RESTRICT,
        site_id uuid CONSTRAINT role_grant_site_fk REFERENCES site ON DELETE CASCADE
      );
      CREATE INDEX role_grant_administrator_idx ON role_grant (administrator_id);
      CREATE INDEX role_grant_role_idx ON role_grant (role_id);
      CREATE INDEX role_grant_site_idx ON role_grant (site_id)`);
    for (const key of BUILT_IN) {
      await runner.query(
        `INSERT INTO role (id, key, name, permissions, created_at) VALUES ($1, $2, $2, '{}', now())`,
        [newId(), key],
      );
    }
    const administrators = (await runner.query('SELECT id FROM administrator')) as { id: string }[];
    for (const { id } of administrators) {
      await runner.query(
        `INSERT INTO role_grant (id, administrator_id, role_id) SELECT $1, $2, id FROM role WHERE key = 'owner'`,
        [newId(), id],
      );
    }
    await runner.query(`
      ALTER TABLE audit_entry RENAME administrator_id TO actor_id;
      ALTER TABLE audit_entry
        ADD actor_kind text NOT NULL DEFAULT 'administrator'
          CONSTRAINT audit_entry_actor_kind_known CHECK (actor_kind IN ('administrator', 'token', 'device', 'system')),
        ADD actor_name text NOT NULL DEFAULT '',
        ADD address text,
        ADD site_id uuid,
        ADD before jsonb,
        ADD after jsonb,
        ADD reason text;
      ALTER TABLE audit_entry ALTER actor_kind DROP DEFAULT, ALTER actor_name DROP DEFAULT`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_entry
        DROP actor_kind, DROP actor_name, DROP address, DROP site_id, DROP before, DROP after, DROP reason;
      ALTER TABLE audit_entry RENAME actor_id TO administrator_id;
      DROP TABLE role_grant, role`);
  }
}
