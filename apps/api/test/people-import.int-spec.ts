import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { ServerProcess } from '../src/testing/server-process';
import { createTestDatabase, type TestDatabase } from '../src/testing/test-database';
import { until } from '../src/testing/until';

const EMAIL = 'admin@example.com';
const PASSWORD = 'correct horse battery';
const ROWS = 600;

/** Two starts, each several seconds on a busy machine, and the import between them. */
jest.setTimeout(120_000);

let data: string;
let database: TestDatabase;
let client: Client;
let server: ServerProcess | undefined;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'munjigi-api-import-'));
  database = await createTestDatabase();
  client = new Client(database.connection);
  await client.connect();
});
afterEach(async () => {
  await server?.stop();
  await client.end();
  await database.drop();
  await rm(data, { recursive: true, force: true });
});

function start(): ServerProcess {
  server = ServerProcess.start({
    MUNJIGI_DATA: data,
    DATABASE_URL: database.url,
    MUNJIGI_ADMIN_EMAIL: EMAIL,
    MUNJIGI_ADMIN_PASSWORD: PASSWORD,
  });
  return server;
}

async function count(statement: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${statement}`);
  return Number(rows[0]?.count);
}

/** Every second row has no employee number: nothing but its place tells that it was done. */
function table(): string {
  const rows = Array.from(
    { length: ROWS },
    (_, index) => `Person ${index + 1},${index % 2 ? index + 1 : ''}`,
  );
  return `Name,No\n${rows.join('\n')}\n`;
}

async function startImport(url: string): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const login = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const form = new FormData();
  form.append('files', new Blob([table()]), 'list.csv');
  const uploaded = await fetch(`${url}/api/people-imports`, {
    method: 'POST',
    headers: { cookie },
    body: form,
  });
  const { id } = (await uploaded.json()) as { id: string };
  const started = await fetch(`${url}/api/people-imports/${id}/start`, {
    method: 'POST',
    headers: { ...json, cookie },
    body: JSON.stringify({ mapping: { name: 'Name', employeeNumber: 'No' } }),
  });
  expect(started.status).toBe(202);
}

describe('an import whose process is killed in the middle', () => {
  it('goes on in the next process after the last whole row, and doubles nobody', async () => {
    await startImport(await start().url());
    await until(
      'the import to be in the middle',
      async () => (await count('people_import_row')) >= 20,
      60_000,
    );
    await server?.stop('SIGKILL');
    const before = await count('people_import_row');
    expect(before).toBeLessThan(ROWS);
    expect(await count('person')).toBe(before);
    // As if the time had passed in which it might still have been heard of.
    await client.query(`UPDATE job SET lease_until = now() WHERE state = 'running'`);
    await start().url();
    await until(
      'the import to end',
      async () => (await count(`job WHERE name = 'people/import' AND state = 'done'`)) === 1,
      60_000,
    );
    expect(await count('people_import_row')).toBe(ROWS);
    expect(await count(`people_import_row WHERE fate = 'created'`)).toBe(ROWS);
    expect(await count('person')).toBe(ROWS);
    expect(await count('(SELECT DISTINCT name FROM person) AS names')).toBe(ROWS);
    expect(await count(`audit_entry WHERE action = 'person/created'`)).toBe(ROWS);
  });
});
