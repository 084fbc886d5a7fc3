import { spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ServerProcess } from '../src/testing/server-process';

const CLI = join(__dirname, '..', 'dist', 'backup', 'cli.js');
const ADMINISTRATOR = { email: 'admin@example.com', password: 'correct horse battery' };

/** Two starts of a server with its own database, several times as long on a busy machine. */
jest.setTimeout(120_000);

let folder: string;
const servers: ServerProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'munjigi-backup-process-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

function start(data: string): ServerProcess {
  const server = ServerProcess.start({
    MUNJIGI_DATA: data,
    MUNJIGI_ADMIN_EMAIL: ADMINISTRATOR.email,
    MUNJIGI_ADMIN_PASSWORD: ADMINISTRATOR.password,
  });
  servers.push(server);
  return server;
}

async function run(data: string, ...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, MUNJIGI_DATA: data };
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
  const [out, error, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { out, error, exitCode };
}

async function peopleOf(url: string, name?: string): Promise<string[]> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(ADMINISTRATOR);
  const login = await fetch(`${url}/api/auth/login`, { method: 'POST', headers, body });
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  if (name !== undefined) {
    const json = JSON.stringify({ name });
    await fetch(`${url}/api/people`, { method: 'POST', headers: { ...headers, cookie }, body: json });
  }
  const { items } = (await (await fetch(`${url}/api/people`, { headers: { cookie } })).json()) as {
    items: { name: string }[];
  };
  return items.map((person) => person.name);
}

describe('the backup command', () => {
  it('saves a running server, and the restore command brings it back elsewhere', async () => {
    const [data, elsewhere, file] = ['data', 'elsewhere', 'site.munjigi'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    const server = start(data);
    const url = await server.url();
    expect(await peopleOf(url, 'Kept')).toEqual(['Kept']);

    expect(await run(data, 'backup', file)).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('written to'),
    });
    // The server was left running, its database too.
    expect(await peopleOf(url, 'Later')).toEqual(['Kept', 'Later']);
    expect(await run(data, 'backup', file)).toMatchObject({
      exitCode: 69,
      error: expect.stringContaining('already'),
    });
    expect(await run(data, 'restore', file)).toMatchObject({
      exitCode: 69,
      error: expect.stringContaining('only into an empty one'),
    });
    expect(await server.stop()).toBe(0);

    expect(await run(elsewhere, 'restore', file)).toMatchObject({ exitCode: 0, error: '' });
    await cp(join(data, 'keys'), join(elsewhere, 'keys'), { recursive: true });
    expect(await peopleOf(await start(elsewhere).url())).toEqual(['Kept']);
  });

  it.each([[[]], [['backup']], [['restore', '--help']], [['save', 'x']], [['backup', 'a', 'b']]])(
    'says how it is used: %j',
    async (args) => {
      expect((await run(join(folder, 'unused'), ...args)).out).toContain('npm run backup -- FILE');
    },
  );
});
