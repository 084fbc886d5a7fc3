import { chainStart, entryDigest, nextPlace } from '@munjigi/audit-chain';
import type { DataSource } from 'typeorm';
import { Client } from 'pg';
import { ENTITIES } from '../../entities';
import { createTestDatabase } from '../../testing/test-database';
import { TestServer } from '../../testing/test-server';
import { createDataSource } from '../database/data-source';
import { newId } from '../database/uuid';
import { systemActor } from './actor';
import { Audit } from './audit';
import { chainHead, linkedEntries } from './audit-chain';
import { AuditCheckpoints } from './audit-checkpoints';
import { checkPage } from './chain-check';
import { entryFields } from './entry-fields';

const by = systemActor('test');

let server: TestServer;
let dataSource: DataSource;
let audit: Audit;
let checkpoints: AuditCheckpoints;

beforeEach(async () => {
  server = await TestServer.start();
  dataSource = server.dataSource;
  audit = server.running.app.get(Audit);
  checkpoints = server.running.app.get(AuditCheckpoints);
});
afterEach(() => server.close());

const add = (action: `${string}/${string}` = 'test/done') =>
  audit.record(dataSource.manager, { by, action, details: { index: 1 } });

async function check() {
  const { chainId } = await chainHead(dataSource.manager);
  return checkPage(dataSource.manager, checkpoints, chainStart(chainId));
}

const tamper = (statement: string, parameters: unknown[] = []) =>
  server.asDatabaseOwner(statement, parameters);

describe('the account’s chain', () => {
  it('has a place for each entry, without gaps, in the order of commits, however transactions overlap', async () => {
    const before = (await chainHead(dataSource.manager)).position;
    const [WRITERS, EACH] = [6, 15];
    const commits: string[] = [];
    const write = async (writer: number) => {
      for (let index = 0; index < EACH; index++) {
        const runner = dataSource.createQueryRunner();
        await runner.startTransaction();
        await audit.record(runner.manager, { by, action: `test/${writer}-${index}` });
        await runner.query('SELECT pg_sleep($1)', [((writer * 7 + index * 3) % 5) / 1000]);
        await audit.record(runner.manager, { by, action: `test/${writer}-${index}-again` });
        if (index % 5 === 4) await runner.rollbackTransaction();
        else {
          await runner.commitTransaction();
          commits.push(`test/${writer}-${index}`);
        }
        await runner.release();
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    const head = await chainHead(dataSource.manager);
    const rows = await linkedEntries(dataSource.manager, {
      after: before,
      through: head.position,
      limit: 1_000,
    });
    expect(rows.map((row) => Number(row.position))).toEqual(rows.map((_, index) => before + index + 1));
    // The two entries of a transaction follow each other.
    const actions = rows.map((row) => row.action);
    expect(actions.filter((_, index) => index % 2 === 1)).toEqual(
      actions.filter((_, index) => index % 2 === 0).map((action) => `${action}-again`),
    );
    expect(actions.filter((_, index) => index % 2 === 0).sort()).toEqual(commits.sort());
    expect(await check()).toMatchObject({ fault: null, done: true });
  });

  it('does not keep others waiting while a transaction that has written an entry goes on', async () => {
    const slow = dataSource.createQueryRunner();
    await slow.startTransaction();
    await audit.record(slow.manager, { by, action: 'test/slow' });
    await add('test/quick');
    await slow.commitTransaction();
    await slow.release();
    const head = await chainHead(dataSource.manager);
    const rows = await linkedEntries(dataSource.manager, {
      after: head.position - 2,
      through: head.position,
      limit: 2,
    });
    expect(rows.map((row) => row.action)).toEqual(['test/quick', 'test/slow']);
  });

  it('keeps what any JSON may hold, as the hash has it', async () => {
    const details = {
      numbers: [1e21, -0, 0.1, 1e-7, Number.MAX_SAFE_INTEGER, Number.NaN, 5e-324],
      text: '\u0000 half of a character: \ud83d, whole: 😀, \u2028',
      nested: { z: undefined, a: { date: new Date(0) } },
    };
    await audit.record(dataSource.manager, {
      ...{ by, action: 'test/json', details },
      reason: 'halves \ude00 and nothing \u0000',
    });
    expect(await check()).toMatchObject({ fault: null });
  });

  it('keeps out secrets that came along', async () => {
    await audit.record(dataSource.manager, {
      ...{ by, action: 'test/careless' },
      after: { password: 'open sesame', embedding: Array.from({ length: 64 }, (_, index) => index) },
      details: { note: 'token mnj_agent_abcdefghijklmnop', picture: Buffer.alloc(9) },
    });
    const [row] = await dataSource.query(
      `SELECT after, details FROM audit_entry WHERE action = 'test/careless'`,
    );
    expect(row).toEqual({
      after: { password: '[redacted]', embedding: '[redacted]' },
      details: { note: 'token [redacted]', picture: '[redacted]' },
    });
  });
});

describe('a check of the account', () => {
  const changes: [string, string][] = [
    ['an entry that was changed', `UPDATE audit_entry SET reason = 'other' WHERE id = $1`],
    ['who did it', `UPDATE audit_entry SET actor_name = 'somebody else' WHERE id = $1`],
    ['when it was', `UPDATE audit_entry SET at = at - interval '1 hour' WHERE id = $1`],
    ['an entry that was removed', `DELETE FROM audit_entry WHERE id = $1`],
    ['a place that was removed', `DELETE FROM audit_link WHERE entry_id = $1`],
    ['a hash that was changed', `UPDATE audit_link SET hash = sha256(hash) WHERE entry_id = $1`],
  ];
  it.each(changes)('finds %s, and where', async (_, statement) => {
    for (let count = 0; count < 5; count++) await add();
    const { position } = await chainHead(dataSource.manager);
    expect(await check()).toMatchObject({ fault: null });
    const [{ entry_id }] = await dataSource.query('SELECT entry_id FROM audit_link WHERE position = $1', [
      position - 2,
    ]);
    await tamper(statement, [entry_id]);
    expect(await check()).toMatchObject({ fault: { position: position - 2 } });
  });

  it('finds that the last entries are gone, by what was signed and by what was seen', async () => {
    for (let count = 0; count < 5; count++) await add();
    const { position, chainId } = await chainHead(dataSource.manager);
    await tamper('DELETE FROM audit_link WHERE position > $1', [position - 1]);
    const start = chainStart(chainId);
    expect(await checkPage(dataSource.manager, checkpoints, start, position)).toMatchObject({
      fault: { position },
    });
    await checkpoints.make(dataSource.manager);
    await tamper('DELETE FROM audit_link WHERE position > $1', [position - 2]);
    expect(await check()).toMatchObject({ fault: { position: position - 1 } });
  });

  it('finds a chain that was written anew since it was signed', async () => {
    for (let count = 0; count < 3; count++) await add();
    await checkpoints.make(dataSource.manager);
    const { chainId, position } = await chainHead(dataSource.manager);
    await tamper(`UPDATE audit_entry SET reason = 'forged'`);
    const rows = await linkedEntries(dataSource.manager, { after: 0, through: position, limit: 1_000 });
    let place = chainStart(chainId);
    for (const row of rows) {
      place = nextPlace(place, entryDigest(entryFields(row)));
      await tamper('UPDATE audit_link SET hash = $2 WHERE position = $1', [place.position, place.hash]);
    }
    expect(await check()).toMatchObject({
      fault: { position, what: expect.stringContaining('signed') },
    });
  });
});

describe('the server’s rights', () => {
  const statements = [
    `UPDATE audit_entry SET action = 'test/changed'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry CASCADE',
    'UPDATE audit_link SET position = 0',
    `INSERT INTO audit_link (position, entry_id, hash) VALUES (99, gen_random_uuid(), '')`,
    'DELETE FROM audit_link',
    'UPDATE audit_chain SET id = 2',
    'DELETE FROM audit_checkpoint',
    'UPDATE audit_key SET public_key = $$x$$',
    'ALTER TABLE audit_entry DISABLE TRIGGER ALL',
    'DROP TABLE audit_link',
    'CREATE OR REPLACE FUNCTION link_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    'SET session_replication_role = replica',
  ];
  it.each(statements)('do not let it: %s', async (statement) => {
    await add();
    await expect(dataSource.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('are told to be split', async () => {
    await server.signIn();
    expect((await server.call('GET', '/api/audit/chain')).body).toMatchObject({ appendOnlyByRights: true });
  });
});

describe('a user that may not make roles', () => {
  it('runs the server all the same, which says so', async () => {
    const database = await createTestDatabase('template1');
    const owner = `plain_${newId().replaceAll('-', '')}`;
    const name = new URL(database.url).pathname.slice(1);
    const admin = new Client({ connectionString: database.url });
    await admin.connect();
    await admin.query(`CREATE ROLE ${owner} LOGIN; ALTER DATABASE ${name} OWNER TO ${owner}`);
    const url = new URL(database.url);
    url.username = owner;
    const other = await (await TestServer.start({ databaseUrl: url.toString() })).signIn();
    try {
      expect((await other.call('GET', '/api/audit/chain')).body).toMatchObject({ appendOnlyByRights: false });
      expect(other.logLines.join('')).toContain('rights of the database user are not split');
      await expect(other.dataSource.query('DELETE FROM audit_entry')).rejects.toThrow('append-only');
    } finally {
      await other.close();
      await admin.end();
      await database.drop();
      await dataSource.query('SET ROLE NONE');
      await tamper(`DROP ROLE ${owner}`);
    }
  });
});

describe('entries of an earlier release', () => {
  it('get their places in the order of their times, and lose nothing on the way back', async () => {
    const database = await createTestDatabase();
    const source = await createDataSource({ url: database.url }, ENTITIES).initialize();
    const index = source.migrations.findIndex(({ name }) => name?.startsWith('AuditChain'));
    const later = source.migrations.length - index;
    for (let count = 0; count < later; count++) await source.undoLastMigration({ transaction: 'each' });
    await source.query(
      `INSERT INTO audit_entry (id, at, actor_kind, actor_name, action, before, details)
       SELECT gen_random_uuid(), now() - make_interval(mins => n), 'system', 'old', 'test/old-' || n,
         jsonb_build_object('n', n, 'x', 0.1), '{}' FROM generate_series(1, 2500) AS n`,
    );
    await source.runMigrations({ transaction: 'each' });
    const head = await chainHead(source.manager);
    expect(head.position).toBe(2500);
    let place = chainStart(head.chainId);
    for (;;) {
      const page = await checkPage(source.manager, checkpoints, place);
      if (page.fault) throw new Error(page.fault.what);
      place = page.place;
      if (page.done) break;
    }
    const [first] = await linkedEntries(source.manager, { after: 0, through: 1, limit: 1 });
    expect(first?.action).toBe('test/old-2500');
    for (let count = 0; count < later; count++) await source.undoLastMigration({ transaction: 'each' });
    const [{ count }] = await source.query('SELECT count(*)::int FROM audit_entry');
    expect(count).toBe(2500);
    await source.destroy();
    await database.drop();
  });
});
