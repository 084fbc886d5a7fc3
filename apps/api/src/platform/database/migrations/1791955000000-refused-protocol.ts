import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which versions of the protocol an agent speaks that was refused for them. */
export class RefusedProtocol1791955000000 implements MigrationInterface {
  readonly name = 'RefusedProtocol1791955000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door ADD refused_protocol jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE door DROP refused_protocol');
  }
}
