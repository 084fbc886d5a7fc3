import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a text in the account is found by: without it, every entry is read for every search. */
export class AuditSearch1791020000000 implements MigrationInterface {
  readonly name = 'AuditSearch1791020000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX audit_entry_text_idx ON audit_entry USING gin ((
        actor_name || E'\\x1f' || action || E'\\x1f' || coalesce(reason, '') || E'\\x1f' ||
        coalesce(before::text, '') || E'\\x1f' || coalesce(after::text, '') || E'\\x1f' || details::text) gin_trgm_ops)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entry_text_idx');
  }
}
