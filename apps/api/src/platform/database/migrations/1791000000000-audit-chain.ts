import { chainStart, entryDigest, nextPlace, type ChainPlace } from '@munjigi/audit-chain';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { entryFields, type EntryRow } from '../../audit/entry-fields';
import { newId } from '../uuid';

const ROWS = 1_000;

/**
 * A place in a hash chain for every entry of the account, given in the order in which transactions commit, by a function
 * that nobody but the schema's owner can replace; and what is signed of it.
 */
export class AuditChain1791000000000 implements MigrationInterface {
  readonly name = 'AuditChain1791000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_entry ADD digest bytea;
      CREATE INDEX audit_entry_action_idx ON audit_entry (action, at, id);
      CREATE INDEX audit_entry_actor_idx ON audit_entry (actor_id, at, id);
      CREATE INDEX audit_entry_subject_idx ON audit_entry (subject_id, at, id);
      CREATE INDEX audit_entry_site_idx ON audit_entry (site_id, at, id);
      CREATE TABLE audit_chain (
        id smallint NOT NULL CONSTRAINT audit_chain_pk PRIMARY KEY CONSTRAINT audit_chain_single CHECK (id = 1),
        chain_id uuid NOT NULL
      );
      CREATE TABLE audit_link (
        position bigint NOT NULL CONSTRAINT audit_link_pk PRIMARY KEY,
        entry_id uuid NOT NULL CONSTRAINT audit_link_entry_fk REFERENCES audit_entry,
        hash bytea NOT NULL
      );
      CREATE UNIQUE INDEX audit_link_entry_key ON audit_link (entry_id);
      CREATE TABLE audit_key (
        id text NOT NULL CONSTRAINT audit_key_pk PRIMARY KEY,
        public_key text NOT NULL,
        created_at timestamptz(3) NOT NULL
      );
      CREATE TABLE audit_checkpoint (
        id uuid NOT NULL CONSTRAINT audit_checkpoint_pk PRIMARY KEY,
        position bigint NOT NULL,
        hash bytea NOT NULL,
        at timestamptz(3) NOT NULL,
        key_id text NOT NULL CONSTRAINT audit_checkpoint_key_fk REFERENCES audit_key,
        signature bytea NOT NULL
      );
      CREATE INDEX audit_checkpoint_position_idx ON audit_checkpoint (position);
      CREATE INDEX audit_checkpoint_key_idx ON audit_checkpoint (key_id);
      CREATE TABLE audit_check (
        id smallint NOT NULL CONSTRAINT audit_check_pk PRIMARY KEY CONSTRAINT audit_check_single CHECK (id = 1),
        position bigint NOT NULL,
        hash bytea NOT NULL,
        checked_at timestamptz(3) NOT NULL,
        fault jsonb
      )`);
    await chainWhatIsThere(runner);
    await runner.query('ALTER TABLE audit_entry ALTER digest SET NOT NULL');
    await makeLinker(runner);
    for (const table of ['audit_link', 'audit_key', 'audit_checkpoint']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audit_entry_linked ON audit_entry;
      DROP FUNCTION link_audit_entry;
      DROP TABLE audit_check, audit_checkpoint, audit_key, audit_link, audit_chain;
      DROP INDEX audit_entry_action_idx, audit_entry_actor_idx, audit_entry_subject_idx, audit_entry_site_idx;
      ALTER TABLE audit_entry DROP digest`);
  }
}

/** Entries of earlier releases, in the order of their times. */
async function chainWhatIsThere(runner: QueryRunner): Promise<void> {
  const chainId = newId();
  let place: ChainPlace = chainStart(chainId);
  let last: readonly [Date, string] = [new Date(0), '00000000-0000-0000-0000-000000000000'];
  await runner.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only');
  for (;;) {
    const rows = (await runner.query(
      'SELECT * FROM audit_entry WHERE (at, id) > ($1, $2) ORDER BY at, id LIMIT $3',
      [...last, ROWS],
    )) as EntryRow[];
    const linked = rows.map((row) => {
      const digest = entryDigest(entryFields(row));
      place = nextPlace(place, digest);
      return { id: row.id, digest, ...place };
    });
    const ids = linked.map(({ id }) => id);
    await runner.query(
      `UPDATE audit_entry SET digest = given.digest FROM unnest($1::uuid[], $2::bytea[]) AS given (id, digest)
       WHERE audit_entry.id = given.id`,
      [ids, linked.map(({ digest }) => digest)],
    );
    await runner.query(
      'INSERT INTO audit_link (position, entry_id, hash) SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[])',
      [linked.map(({ position }) => position), ids, linked.map(({ hash }) => Buffer.from(hash))],
    );
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) break;
    last = [end.at, end.id];
  }
  await runner.query('ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only');
  await runner.query('INSERT INTO audit_chain (id, chain_id) VALUES (1, $1)', [chainId]);
}

/**
 * Deferred to the commit: the lock that makes the order is held for that moment alone, whenever in its transaction an
 * entry was written. It runs with the rights of the schema's owner, so that the server needs none on the
 * chain itself. An entry that has its place already comes from a backup.
 */
async function makeLinker(runner: QueryRunner): Promise<void> {
  const [{ schema }] = (await runner.query('SELECT quote_ident(current_schema()) AS schema')) as [
    { schema: string },
  ];
  await runner.query(`
    CREATE FUNCTION link_audit_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
      SET search_path = ${schema}, pg_temp AS $$
      DECLARE
        chain audit_chain;
        head audit_link;
      BEGIN
        IF EXISTS (SELECT FROM audit_link WHERE entry_id = NEW.id) THEN RETURN NULL; END IF;
        SELECT * INTO STRICT chain FROM audit_chain WHERE id = 1 FOR UPDATE;
        SELECT * INTO head FROM audit_link ORDER BY position DESC LIMIT 1;
        IF NOT FOUND THEN
          head.position = 0;
          head.hash = sha256(convert_to('munjigi audit chain ' || chain.chain_id, 'UTF8'));
        END IF;
        INSERT INTO audit_link (position, entry_id, hash) VALUES (
          head.position + 1, NEW.id, sha256(head.hash || int8send(head.position + 1) || NEW.digest));
        RETURN NULL;
      END $$;
    CREATE CONSTRAINT TRIGGER audit_entry_linked AFTER INSERT ON audit_entry
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_audit_entry()`);
}
