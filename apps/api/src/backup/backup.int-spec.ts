import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { makeEvent, TestAgent } from '../testing/test-agent';
import { ADMINISTRATOR, TestServer } from '../testing/test-server';
import { makeBackup } from './backup';
import { restoreBackup } from './restore';

const templateKey = randomBytes(32);
let folder: string;
let server: TestServer;
let door: { id: string; token: string };
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'munjigi-backup-'));
  path = join(folder, 'site.munjigi');
  server = await (await TestServer.start({ templateKeys: [templateKey] })).signIn();
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Front, "main" door' } });
  door = { id: body.door.id, token: body.agentToken };
  for (const name of ['김민지', 'O\\N\\E', 'Two\\nLines', 'Ünï çødé'])
    expect((await server.call('POST', '/api/people', { json: { name } })).status).toBe(201);
  const agent = await TestAgent.connect(server.url, door.token);
  await agent.hello();
  await agent.push([makeEvent(1), makeEvent(2)]);
  agent.close();
  await backUp(path);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const backUp = (file: string) => withClient(server.databaseUrl, (client) => makeBackup(client, file));
const restore = (file: string, { url }: TestDatabase) =>
  withClient(url, (client) => restoreBackup(file, { url }, client));

async function refused(file: string): Promise<unknown> {
  const empty = await createTestDatabase('template1');
  const error: unknown = await restore(file, empty).catch((reason: unknown) => reason);
  const left = await withClient(empty.url, (client) =>
    client.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    ),
  );
  expect(left.rows).toEqual([]);
  await empty.drop();
  return error;
}

describe('a backup', () => {
  it('brings everything back to another server', async () => {
    const empty = await createTestDatabase('template1');
    const manifest = await restore(path, empty);
    expect(manifest.tables.find(({ name }) => name === 'person')?.rows).toBe(4);
    const other = await (
      await TestServer.start({ templateKeys: [templateKey], databaseUrl: empty.url })
    ).signIn();
    for (const list of ['/api/people', '/api/doors', '/api/events']) {
      const [before, after] = [await server.call('GET', list), await other.call('GET', list)];
      expect(after.body).toEqual(before.body);
      expect(after.body.items.length).toBeGreaterThan(0);
    }
    const audit = (from: TestServer) =>
      from.dataSource.query(`SELECT * FROM audit_entry WHERE action <> 'session/begun' ORDER BY id`);
    expect(await audit(other)).toEqual(await audit(server));
    await other.close();
    await empty.drop();
  });

  it('makes every door fetch the state anew, whatever it had applied', async () => {
    const empty = await createTestDatabase('template1');
    const cursor = Number((await server.dataSource.query('SELECT revision FROM change_head'))[0].revision);
    await restore(path, empty);
    const other = await TestServer.start({ templateKeys: [templateKey], databaseUrl: empty.url });
    const agent = await TestAgent.connect(other.url, door.token);
    await agent.hello({ appliedRevision: cursor + 40 });
    expect(await agent.pull(cursor + 40)).toMatchObject({ ok: true, reset: true });
    expect((await agent.pullAll(0)).filter(({ kind }) => kind === 'person.put')).toHaveLength(4);
    agent.close();
    await other.close();
    await empty.drop();
  });

  it('can be made while doors are online, and brings them back offline', async () => {
    const file = join(folder, 'online.munjigi');
    await server.dataSource.query('UPDATE door SET node_id = (SELECT id FROM server_node LIMIT 1)');
    await backUp(file);
    await server.dataSource.query('UPDATE door SET node_id = NULL');
    const empty = await createTestDatabase('template1');
    await restore(file, empty);
    const doors = await withClient(empty.url, (client) => client.query('SELECT node_id FROM door'));
    expect(doors.rows.length).toBeGreaterThan(0);
    expect(doors.rows.every((row: { node_id: unknown }) => row.node_id === null)).toBe(true);
    await empty.drop();
  });

  it('does not bring sessions back', async () => {
    const empty = await createTestDatabase('template1');
    await restore(path, empty);
    const other = await TestServer.start({ templateKeys: [templateKey], databaseUrl: empty.url });
    const { cookieHeader: cookie } = server;
    expect((await other.callAnonymously('GET', '/api/people', { headers: { cookie } })).status).toBe(401);
    expect((await other.callAnonymously('POST', '/api/auth/login', { json: ADMINISTRATOR })).status).toBe(
      200,
    );
    await other.close();
    await empty.drop();
  });

  it('is as of one moment, while people go on working', async () => {
    const during = join(folder, 'during.munjigi');
    const [{ manifest }] = await Promise.all([
      backUp(during),
      ...Array.from({ length: 20 }, (_, index) =>
        server.call('POST', '/api/people', { json: { name: `During ${index}` } }),
      ),
    ]);
    const rows = (table: string) => manifest.tables.find(({ name }) => name === table)?.rows;
    const people = await server.dataSource.query(`SELECT count(*) FROM change WHERE family = 'person'`);
    expect(rows('person')).toBeLessThanOrEqual(Number(people[0].count));
    const empty = await createTestDatabase('template1');
    await restore(during, empty);
    const [both] = (
      await withClient(empty.url, (client) =>
        client.query(`SELECT (SELECT count(*) FROM person) AS people,
          (SELECT count(*) FROM change WHERE family = 'person') AS changes,
          (SELECT count(*) FROM audit_entry WHERE action = 'person/created') AS entries`),
      )
    ).rows;
    expect(both.people).toBe(both.changes);
    expect(both.people).toBe(both.entries);
    await empty.drop();
  });

  it('is for its owner’s eyes, and leaves nothing half-written', async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await expect(backUp(join(folder, 'no-such-folder', 'x'))).rejects.toThrow('ENOENT');
    // The connection can be used again at once.
    await backUp(join(folder, 'again.munjigi'));
  });
});

describe('a restore', () => {
  it('goes only into an empty database', async () => {
    const used = await createTestDatabase();
    await expect(restore(path, used)).rejects.toMatchObject({ code: 'backup/not-empty' });
    await used.drop();
  });

  it('of a file that was cut off anywhere restores nothing', async () => {
    const { size } = await stat(path);
    for (const part of [0, 0.3, 0.9, 0.999]) {
      const cut = join(folder, `cut-${part}`);
      await writeFile(cut, await readFile(path));
      await truncate(cut, Math.floor(size * part));
      expect(await refused(cut)).toMatchObject({ code: 'backup/unreadable' });
    }
  });

  it('of a file with one changed byte restores nothing', async () => {
    const bytes = await readFile(path);
    const start = bytes.indexOf('tables/person.copy') + 'tables/person.copy'.length + 8;
    const changed = Buffer.from(bytes);
    changed[start] = (changed[start] ?? 0) ^ 0xff;
    await writeFile(join(folder, 'changed'), changed);
    expect(await refused(join(folder, 'changed'))).toMatchObject({ code: 'backup/unreadable' });
  });

  it('of what is no backup says so', async () => {
    await writeFile(join(folder, 'picture.jpg'), 'not a backup');
    expect(await refused(join(folder, 'picture.jpg'))).toMatchObject({ code: 'backup/unreadable' });
    expect(await refused(join(folder, 'missing'))).toMatchObject({ code: 'backup/unreadable' });
  });
});
