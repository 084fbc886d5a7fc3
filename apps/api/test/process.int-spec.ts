import { chmod, mkdtemp, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEvent, TestAgent } from '../src/testing/test-agent';
import { createTestDatabase } from '../src/testing/test-database';
import { ServerProcess } from '../src/testing/server-process';
import { until } from '../src/testing/until';

const EMAIL = 'admin@example.com';
const PASSWORD = 'correct horse battery';
const administrator = { MUNJIGI_ADMIN_EMAIL: EMAIL, MUNJIGI_ADMIN_PASSWORD: PASSWORD };

/** A start takes some two seconds of computing, several times that on a busy machine. */
jest.setTimeout(120_000);

let data: string;
const servers: ServerProcess[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'munjigi-api-process-'));
  await chmod(data, 0o755);
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop('SIGTERM')));
  await rm(data, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}, identity = {}): ServerProcess {
  const server = ServerProcess.start({ MUNJIGI_DATA: data, ...environment }, identity);
  servers.push(server);
  return server;
}

async function signIn(url: string, password = PASSWORD, email = EMAIL) {
  const send = (path: string, json?: object, cookie = '') =>
    fetch(url + path, {
      method: json ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', cookie },
      body: json && JSON.stringify(json),
    });
  const login = await send('/api/auth/login', { email, password });
  if (login.status !== 200) throw new Error(`signing in was answered with ${login.status}`);
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0];
  // Tests look into bodies of every kind.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return async (path: string, json?: object): Promise<any> => (await send(path, json, cookie)).json();
}

/** What the terminal says to a person: the log's lines are for others. */
function told(server: ServerProcess): string {
  return server.stderr
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n');
}

async function postmaster(): Promise<number> {
  const file = await readFile(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

const runs = async (processId: number) =>
  readFile(`/proc/${processId}/stat`, 'utf8').then(
    (text) => !/\) Z /.test(text),
    () => false,
  );

describe('the server as a process', () => {
  it('brings its own database, shows a set-up code once, and leaves nothing behind when it stops', async () => {
    const first = start();
    const url = await first.url();
    const code = /^ {2}([a-z0-9]{5}(?:-[a-z0-9]{5}){3})$/m.exec(first.stdout)?.[1] ?? '';
    expect(code).not.toBe('');
    expect(first.stderr).not.toContain(code);
    const site = { name: '서울 본사', timeZone: 'Asia/Seoul' };
    const setUp = await fetch(`${url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, organisation: '한빛', email: EMAIL, password: PASSWORD, site }),
    });
    expect(setUp.status).toBe(200);
    const ask = await signIn(url);
    const { id } = await ask('/api/people', { name: 'Stays' });
    const database = await postmaster();
    expect(await first.stop('SIGINT')).toBe(0);
    expect(await runs(database)).toBe(false);

    const keys = join(data, 'keys');
    expect((await stat(keys)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(keys)) expect((await stat(join(keys, name))).mode & 0o777).toBe(0o600);

    const second = start();
    const again = await signIn(await second.url());
    expect(await again(`/api/people/${id}`)).toMatchObject({ name: 'Stays' });
    expect(second.stdout).not.toContain('code');
  });

  it('is killed and started again: it takes its database over, and an event is stored exactly once', async () => {
    const first = start(administrator);
    const url = await first.url();
    const ask = await signIn(url);
    const { door, agentToken } = await ask('/api/doors', { name: 'Killed' });
    const agent = await TestAgent.connect(url, agentToken);
    await agent.hello();
    const events = Array.from({ length: 300 }, (_, index) => makeEvent(index + 1));
    const database = await postmaster();

    // Killed while the batch is on its way: whether it was stored, nobody who waits for the answer can know.
    const unanswered = agent.push(events).then(
      () => 'answered',
      () => 'unanswered',
    );
    first.child.kill('SIGKILL');
    expect(await first.exit()).toBe('SIGKILL');
    await unanswered;
    expect(await runs(database)).toBe(true);

    const second = start(administrator);
    const secondUrl = await second.url();
    expect(await postmaster()).toBe(database);
    const retry = await TestAgent.connect(secondUrl, agentToken);
    const hello = await retry.hello({ outbox: { epoch: agent.epoch, lastSequence: 300 } });
    expect([0, 300]).toContain(hello.ok && hello.acknowledgedSequence);
    const answer = await retry.ask('events.push', { v: 1, epoch: agent.epoch, events });
    expect(answer).toEqual({ ok: true, acknowledgedSequence: 300 });
    retry.close();

    const askAgain = await signIn(secondUrl);
    const stored: string[] = [];
    for (let cursor = ''; ;) {
      const page = await askAgain(`/api/events?doorId=${door.id}&limit=200${cursor}`);
      stored.push(...page.items.map((event: { id: string }) => event.id));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(stored.sort()).toEqual(events.map((event) => event.id).sort());
    expect(await second.stop()).toBe(0);
    expect(await runs(database)).toBe(false);
  });

  it('answers 503 while its database is away, lives on, and recovers when it is back', async () => {
    const server = start(administrator);
    const url = await server.url();
    const ask = await signIn(url);
    const statusOf = async (path: string) => (await fetch(url + path)).status;
    expect(await statusOf('/api/health/ready')).toBe(200);

    process.kill(await postmaster(), 'SIGQUIT');
    await until('the database to be missed', async () => (await statusOf('/api/health/ready')) === 503);
    expect(await statusOf('/api/health/live')).toBe(200);
    const problem = await ask('/api/people');
    if ('code' in problem) expect(problem).toMatchObject({ status: 503, code: 'database/unavailable' });

    await until('the database to be back', async () => (await statusOf('/api/health/ready')) === 200, 30_000);
    expect(await ask('/api/people')).toMatchObject({ total: 0 });
    expect(server.child.exitCode).toBeNull();
  });

  it('says that its port is taken, which one, and what to set', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const server = start({ PORT: String(port) });
    const exitCode = await server.exit();
    other.close();
    expect(exitCode).toBe(69);
    expect(server.stderr).toContain(`Port ${port}`);
    expect(server.stderr).toContain('set PORT');
    expect(told(server)).not.toContain('    at ');
    expect(await runs(await postmaster().catch(() => 0))).toBe(false);
  });

  it('says that its data folder is in use, and leaves the other server alone', async () => {
    const first = start(administrator);
    const url = await first.url();
    const second = start();
    expect(await second.exit()).toBe(69);
    expect(second.stderr).toContain('Another Munjigi server runs');
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
  });

  it('says that its data folder cannot be written', async () => {
    const file = join(data, 'file');
    await writeFile(file, '');
    const server = start({ MUNJIGI_DATA: join(file, 'data') });
    expect(await server.exit()).not.toBe(0);
    expect(server.stderr).toContain(join(file, 'data'));
    expect(told(server)).not.toContain('    at ');
  });

  it('tells every problem of its configuration at once', async () => {
    const server = start({ PORT: 'x', DATABASE_URL: 'x', MUNJIGI_ADMIN_EMAIL: 'x', LOG_LEVEL: 'loud' });
    expect(await server.exit()).toBe(78);
    for (const name of ['PORT', 'DATABASE_URL', 'MUNJIGI_ADMIN_EMAIL', 'LOG_LEVEL'])
      expect(server.stderr).toContain(name);
  });

  it('names the models that there are when it is told another', async () => {
    const server = start({ MUNJIGI_MODEL: 'no-such-model' });
    expect(await server.exit()).toBe(78);
    expect(server.stderr).toMatch(/no-such-model.*mobilefacenet-192/);
  });

  it('says that a database cannot be reached, what to set, and not the password', async () => {
    const server = start({
      DATABASE_URL: 'postgres://munjigi:top-secret@127.0.0.1:1/munjigi',
      MUNJIGI_DATABASE_WAIT_SECONDS: '1',
    });
    expect(await server.exit()).toBe(69);
    expect(server.stderr).toMatch(/The database cannot be reached.*DATABASE_URL/);
    expect(told(server)).not.toContain('top-secret');
  });

  it('says that a database does not let it in, and not the password', async () => {
    const database = await createTestDatabase();
    const missing = new URL(database.url);
    missing.pathname = '/no_such_database';
    missing.password = 'top-secret';
    const server = start({ DATABASE_URL: missing.href });
    expect(await server.exit()).toBe(78);
    expect(server.stderr).toContain('no_such_database');
    expect(server.stderr).not.toContain('top-secret');
    await database.drop();
  });

  it('refuses another key than its templates were sealed with', async () => {
    const database = await createTestDatabase();
    const first = start({ DATABASE_URL: database.url, ...administrator });
    await first.url();
    expect(await first.stop()).toBe(0);
    const second = start({
      DATABASE_URL: database.url,
      MUNJIGI_DATA: join(data, 'another'),
      MUNJIGI_TEMPLATE_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    expect(await second.exit()).toBe(78);
    expect(second.stderr).toContain('template.key');
    await database.drop();
  });
});

const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('the server as a process of root', () => {
  const serveAndStop = async (directory: string) => {
    const server = start({ ...administrator, MUNJIGI_DATA: directory });
    const ask = await signIn(await server.url());
    expect(await ask('/api/people')).toMatchObject({ total: 0 });
    expect(await server.stop()).toBe(0);
    return realpath(join(directory, 'postgres'));
  };

  it('lets its database’s user through a data folder that is closed, and nobody else', async () => {
    await chmod(data, 0o700);
    expect(await serveAndStop(data)).toBe(join(await realpath(data), 'postgres'));
    expect((await stat(data)).mode & 0o777).toBe(0o710);
  });

  it('keeps its database elsewhere when its data folder lies where only root can go, and links to it', async () => {
    await chmod(data, 0o700);
    const deep = join(data, 'deep');
    const place = await serveAndStop(deep);
    expect(place).toMatch(/^\/var\/lib\/munjigi\//);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
    expect(await serveAndStop(deep)).toBe(place);
    await rm(place, { recursive: true });
  });

  it('goes on with the database of the user who made it', async () => {
    await chmod(data, 0o777);
    const user = { uid: 1, gid: 1 };
    const first = start(administrator, user);
    await first.url();
    expect(await first.stop()).toBe(0);
    expect((await stat(join(data, 'postgres'))).uid).toBe(user.uid);
    const second = start();
    await second.url();
    expect(await second.stop()).toBe(0);

    const key = Buffer.alloc(32, 7).toString('base64');
    const third = start({ MUNJIGI_TEMPLATE_KEY: key }, { uid: 2, gid: 2 });
    expect(await third.exit()).toBe(69);
    expect(third.stderr).toContain('belongs to user');
  });
});
