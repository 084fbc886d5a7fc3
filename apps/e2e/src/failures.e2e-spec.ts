import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGENT_MAIN, API_MAIN, findFreePort, ManagedProcess, REPOSITORY, until } from '@munjigi/tools';
import { expect, test } from '@playwright/test';
import { Rig } from './support/rig';

const CONFIGURATION = 78;
const UNAVAILABLE = 69;

test.describe('what is wrong at the start', () => {
  let directory: string;
  test.beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'munjigi-failures-'))));
  test.afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('a taken port is named, with the setting that chooses another', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as AddressInfo).port);
    const server = await runServer({ PORT: port });
    expect(server.exitCode).toBe(UNAVAILABLE);
    expect(server.said).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
    expect(server.said).toContain('PORT');
    const demo = await run(process.execPath, ['--import', 'tsx', 'tools/src/start/main.ts'], { PORT: port });
    expect(demo.exitCode).toBe(1);
    expect(demo.said).toContain(`Port ${port} is taken by another program.`);
    other.close();
  });

  test('a database that cannot be reached is told without its password', async () => {
    const closed = await findFreePort();
    const server = await runServer({
      DATABASE_URL: `postgres://user:top-secret@127.0.0.1:${closed}/munjigi`,
      MUNJIGI_DATABASE_WAIT_SECONDS: '1',
    });
    expect(server.exitCode).toBe(UNAVAILABLE);
    expect(server.said).toMatch(/The database cannot be reached.*DATABASE_URL/);
    expect(server.said).not.toContain('top-secret');
  });

  for (const [who, main] of [
    ['server', API_MAIN],
    ['door', AGENT_MAIN],
  ] as const) {
    test(`a model that nobody knows is told to the ${who}, with those that exist`, async () => {
      const { exitCode, said } = await run(process.execPath, [main], {
        PORT: String(await findFreePort()),
        MUNJIGI_MODEL: 'nonesuch',
        MUNJIGI_SERVER_URL: 'http://127.0.0.1:9',
        MUNJIGI_AGENT_TOKEN: `mnj_agent_${'A'.repeat(43)}`,
        MUNJIGI_VIDEO: join(directory, 'none.mp4'),
      });
      expect(exitCode).toBe(CONFIGURATION);
      expect(said).toContain('nonesuch');
      expect(said).toContain('mobilefacenet-192');
    });
  }

  test('wrong settings are all told at once', async () => {
    const server = await runServer({ PORT: 'abc', MUNJIGI_ADMIN_EMAIL: 'nobody', LOG_LEVEL: 'loud' });
    expect(server.exitCode).toBe(CONFIGURATION);
    for (const name of ['PORT', 'MUNJIGI_ADMIN_EMAIL', 'LOG_LEVEL']) expect(server.said).toContain(name);
  });

  async function runServer(env: NodeJS.ProcessEnv) {
    return run(process.execPath, [API_MAIN], { PORT: String(await findFreePort()), ...env });
  }

  async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    const child = new ManagedProcess({
      name: 'program',
      command,
      args,
      cwd: REPOSITORY,
      env: { ...process.env, MUNJIGI_DATA: join(directory, 'data'), ...env },
      logFile: join(directory, 'program.log'),
    });
    child.start();
    const exitCode = await child.ended();
    return { exitCode, said: readFileSync(join(directory, 'program.log'), 'utf8') };
  }
});

test.describe('what goes wrong while it runs', () => {
  let rig: Rig;
  test.beforeEach(async () => (rig = await Rig.start()));
  test.afterEach(() => rig.stop());

  test('a database that dies is told as such, and the server goes on when it is back', async () => {
    process.kill(rig.databasePid(), 'SIGKILL');
    const refused = await until('a refusal', async () => {
      const response = await fetch(`${rig.client.baseUrl}/api/doors`, {
        headers: { cookie: rig.client.sessionCookie },
      });
      return response.status === 503 ? ((await response.json()) as { code: string }) : undefined;
    });
    expect(refused.code).toBe('database/unavailable');
    expect((await fetch(`${rig.client.baseUrl}/api/health/live`)).status).toBe(200);
    await until('the server to be ready again', () => rig.client.isReady());
    expect(await rig.client.doors()).toEqual([]);
  });

  test('a camera that shows nothing is told at the door, and seen again when it is back', async () => {
    const video = join(rig.directory, 'camera.mp4');
    writeFileSync(video, 'this is no video');
    await rig.startDoor(video);
    await until('the fault to be told', async () => (await rig.client.doors())[0]?.cameraFault);
    await rig.showVisits(video);
    await until('a visit', async () => (await rig.client.events()).length > 0, { timeoutMs: 60_000 });
    expect((await rig.client.doors())[0]?.cameraFault).toBeNull();
  });
});
