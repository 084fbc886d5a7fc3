import { request } from 'node:http';
import { readFileSync, statSync } from 'node:fs';
import { decodeImage } from '@munjigi/face-core';
import { doorSettingsSchema } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { embeddingOf } from '../testing/drafts';
import { InTestServer } from '../testing/in-test-server';
import { PageClient } from '../testing/page-client';
import { enrolment, startScriptedDoor, type ScriptedDoor } from '../testing/scripted-door';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { passwordCommand } from './password-command';
import { passwordPath, readPasswordHash } from './page-password';

const newDirectory = temporaryDirectories();
const PASSWORD = 'two quiet cranes';
const kimId = uuidV7();

describe('the page of a door with a server', () => {
  let server: InTestServer;
  let door: ScriptedDoor;
  let page: PageClient;

  beforeAll(async () => {
    server = new InTestServer();
    await server.start();
    const settings = doorSettingsSchema.parse({});
    server.change(
      { kind: 'door.put', door: { id: server.doorId, name: 'Main', settings } },
      ...enrolment(kimId, uuidV7(), embeddingOf(1), '김민지'),
    );
    const config = { page: { address: '127.0.0.1', port: 0, passwordHash: null } };
    door = await startScriptedDoor({ directory: newDirectory(), serverUrl: server.url, config });
    page = new PageClient(await until(() => door.agent.pageUrl));
    await until(() => door.lines.some(({ msg }) => msg === 'changes applied'));
  });
  afterAll(async () => {
    await door.agent.stop();
    await server.stop();
  });

  it('says of whom it lets in that the lock does not answer, until it does', async () => {
    const silent = (wanted: boolean) =>
      page.live(({ kind, faces = [] }) => kind === 'frame' && wanted === (faces[0]?.lockSilent ?? false));
    door.hardware.isBroken = true;
    let seen = silent(true);
    await door.look([{ seed: 1 }], 60);
    expect((await seen).message.faces).toMatchObject([{ status: 'granted', person: { id: kimId } }]);
    door.hardware.isBroken = false;
    await until(() => door.hardware.moves.at(-1) === 'energised');
    seen = silent(false);
    await door.look([{ seed: 1 }], 60);
    await seen;
  });

  it('shows the live picture with the face that the door knows, and whose it is', async () => {
    const seen = page.live(({ kind, faces = [] }) => kind === 'frame' && faces[0]?.status === 'granted');
    const looking = door.look([{ seed: 1 }], 60);
    const { message, bytes } = await seen;
    await looking;
    expect(message.faces).toMatchObject([{ person: { id: kimId, name: '김민지' }, status: 'granted' }]);
    expect(await decodeImage(new Uint8Array(bytes))).toMatchObject({ width: 320, height: 200 });
  });

  it('lists what happened of late, the newest first, also what the server has taken', async () => {
    await until(() => door.outbox().length === 0);
    const { status, body } = await page.ask('GET', '/api/events');
    expect(status).toBe(200);
    const events = body as { kind: string; access: { outcome: string; personName: string } | null }[];
    expect(events.find(({ kind }) => kind === 'access')?.access).toMatchObject({
      ...{ outcome: 'granted', reason: 'matched', personName: '김민지' },
    });
    expect(events.map(({ kind }) => kind)).toContain('hardware-fault');
    const times = (body as { occurredAt: string }[]).map(({ occurredAt }) => occurredAt);
    expect(times).toEqual([...times].sort().reverse());
    expect((await page.ask('GET', '/api/state')).body).toMatchObject({
      lastEventId: (body as { id: string }[])[0]!.id,
    });
  });

  it('tells how the door is', async () => {
    const { status, body } = await page.ask('GET', '/api/state');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ templateCount: 1, cameraFault: null, decoder: null, modelId: 'mobilefacenet-192' },
      server: { url: server.url, isLinked: true, fingerprint: null },
      threshold: { similarityMin: 0.55, reason: 'model-default' },
    });
  });

  it('serves its files under a policy that lets nothing of elsewhere in', async () => {
    const { status, headers, body } = await page.ask('GET', '/');
    expect(status).toBe(200);
    expect(body).toContain('main.mjs');
    expect(body).not.toMatch(/https?:/);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-powered-by')).toBeNull();
    expect((await page.ask('GET', '/main.mjs')).headers.get('content-type')).toContain('text/javascript');
    expect((await page.ask('GET', '/fonts/PretendardVariable.woff2')).status).toBe(200);
  });

  it.each(['/api/nothing', '/nothing', '/%2e%2e/package.json', '/fonts/nothing', '/tsconfig.json%00'])(
    'has nothing at %s',
    async (path) => {
      const { status, body } = await page.ask('GET', path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).toMatchObject({ code: expect.stringMatching(/^page\//) });
    },
  );

  it('is not for another site’s page, nor under another site’s name', async () => {
    const origin = 'http://evil.example';
    expect(
      await page.ask('POST', '/api/session', { body: { password: '' }, headers: { origin } }),
    ).toMatchObject({
      status: 403,
      body: { code: 'page/origin' },
    });
    const code = await new Promise<number | undefined>((resolve, reject) => {
      request(`${page.url}/api/state`, { headers: { host: 'evil.example' } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(code).toBe(421);
  });
});

describe('the page of a door with a password', () => {
  let door: ScriptedDoor;
  let page: PageClient;
  const directory = newDirectory();
  const setPassword = async (password: string) => {
    let printed = '';
    const print = (text: string) => (printed += text);
    const code = await passwordCommand({
      args: [],
      data: directory,
      read: () => Promise.resolve(password),
      print,
    });
    return { code, printed };
  };

  beforeAll(async () => {
    expect(await setPassword(PASSWORD)).toMatchObject({ code: 0 });
    const config = { page: { address: '127.0.0.1', port: 0, passwordHash: readPasswordHash(directory) } };
    door = await startScriptedDoor({ directory, serverUrl: 'http://127.0.0.1:9', config });
    page = new PageClient(await until(() => door.agent.pageUrl));
  });
  afterAll(() => door.agent.stop());
  beforeEach(() => (page.cookie = ''));

  const signIn = (password: string) => page.ask('POST', '/api/session', { body: { password } });

  it('keeps it as a hash that its owner alone may read, and takes no short one', async () => {
    const kept = readFileSync(passwordPath(directory), 'utf8');
    expect(kept).not.toContain(PASSWORD);
    expect(statSync(passwordPath(directory)).mode & 0o777).toBe(0o600);
    expect(await setPassword('short')).toMatchObject({ code: 1, printed: expect.stringContaining('10') });
    expect(readFileSync(passwordPath(directory), 'utf8')).toBe(kept);
  });

  it.each(['/api/state', '/api/live', '/api/events'])(
    'shows nothing of %s before somebody signed in',
    async (path) => {
      expect(await page.ask('GET', path)).toMatchObject({
        status: 401,
        body: { code: 'page/unauthenticated' },
      });
    },
  );

  it('lets in whoever knows it, until they sign out', async () => {
    const answer = await signIn(PASSWORD);
    expect(answer).toMatchObject({ status: 200, body: { isNeeded: true, isSignedIn: true } });
    expect(answer.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Strict/);
    expect(await page.ask('GET', '/api/state')).toMatchObject({ status: 200 });
    const { cookie } = page;
    expect((await page.ask('DELETE', '/api/session')).status).toBe(204);
    page.cookie = cookie;
    expect(await page.ask('GET', '/api/state')).toMatchObject({ status: 401 });
  });

  it('is not guessed: after some wrong ones even the right one waits', async () => {
    for (let guess = 0; guess < 5; guess += 1)
      expect(await signIn(`wrong ${guess}`)).toMatchObject({ status: 401 });
    expect(await signIn(PASSWORD)).toMatchObject({ status: 429, body: { code: 'page/too-many-attempts' } });
  });

  it.each([{}, { password: 1 }, 'no object'])('answers %j with what is wrong with it', async (body) => {
    const answer = await page.ask('POST', '/api/session', { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'page/invalid' } });
  });
});
