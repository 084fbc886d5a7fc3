import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a decision at the door rested on beside likeness: the quality of the picture, and how live the face was. */
export class EventEvidence1791010000000 implements MigrationInterface {
  readonly name = 'EventEvidence1791010000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE access_event ADD quality real, ADD liveness real');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE access_event DROP quality, DROP liveness');
  }
}
