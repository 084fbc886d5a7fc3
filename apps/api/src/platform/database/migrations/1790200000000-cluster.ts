import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which API processes there are, and which of them holds a door's connection. */
export class Cluster1790200000000 implements MigrationInterface {
  readonly name = 'Cluster1790200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE server_node (
        id uuid NOT NULL CONSTRAINT server_node_pk PRIMARY KEY,
        started_at timestamptz(3) NOT NULL,
        seen_at timestamptz(3) NOT NULL
      );
      ALTER TABLE door ADD node_id uuid CONSTRAINT door_node_fk REFERENCES server_node ON DELETE SET NULL;
      CREATE INDEX door_node_idx ON door (node_id);
      CREATE UNLOGGED TABLE socket_io_attachments (
        id bigserial NOT NULL CONSTRAINT socket_io_attachments_pk PRIMARY KEY,
        created_at timestamptz NOT NULL DEFAULT now(),
        payload bytea
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE socket_io_attachments;
      ALTER TABLE door DROP node_id;
      DROP TABLE server_node`);
  }
}
