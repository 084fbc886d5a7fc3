import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { captureAnswerSchema, localPeopleAnswerSchema } from '@munjigi/contracts';
import { encodeJpeg } from '@munjigi/face-core';
import type { PageState } from '../page/page-user';
import type { KnownPerson } from './local-people';
import { identityPath } from '../adapters/store/identity-file';
import { InTestServer } from '../testing/in-test-server';
import { KeyServer } from '../testing/key-server';
import { PageClient } from '../testing/page-client';
import { startScriptedDoor, type ScriptedDoor } from '../testing/scripted-door';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';

const newDirectory = temporaryDirectories();
const KIM = { seed: 1 };
const LEE = { seed: 2 };
const PAST = '2020-01-01T00:00:00.000Z';

describe('a door that stands alone', () => {
  const directory = newDirectory();
  let door: ScriptedDoor;
  let page: PageClient;
  let photo: Uint8Array;

  const begin = async (serverUrl: string | null = null) => {
    const config = { page: { address: '127.0.0.1', port: 0, passwordHash: null } };
    door = await startScriptedDoor({ directory, serverUrl, config });
    page = new PageClient(await until(() => door.agent.pageUrl));
    await page.ask('PATCH', '/api/settings', { body: { revisitPauseMs: 0, unlockMs: 100 } });
  };
  const wired = (some: object) => ({
    ...{ position: null, rex: null, tamper: null, bolt: null, fire: null },
    ...some,
  });
  const people = async () => (await page.ask('GET', '/api/people')).body as KnownPerson[];
  /** What the door decides of whoever comes before it now, who was not there before. */
  const visit = async (face: { seed: number }) => {
    door.source.cut();
    await door.look([], 2);
    const before = door.outbox().length;
    await door.look([face], 40);
    return door.outbox().slice(before);
  };

  beforeAll(async () => {
    await begin();
    photo = await encodeJpeg({ width: 320, height: 200, data: new Uint8Array(320 * 200 * 3).fill(90) });
  });
  afterAll(() => door.agent.stop());

  it('knows nobody at first, and keeps what it saw', async () => {
    expect(await people()).toEqual([]);
    expect(await visit(KIM)).toMatchObject([{ outcome: 'denied', reason: 'unknown-person' }]);
    const { body } = await page.ask('GET', '/api/state');
    expect(body).toMatchObject({ server: { url: null, isLinked: false }, eventsWaiting: 1 });
  });

  it('registers a face of the live picture, and lets the person in from then on', async () => {
    const seen = page.live(({ faces = [] }) => faces.length > 0);
    const looking = door.look([KIM], 40);
    const trackId = (await seen).message.faces![0]!.trackId;
    await looking;
    const body = { trackId, name: '  김민지 ' };
    const answer = await page.ask('POST', '/api/people/from-track', { body });
    expect(answer).toMatchObject({ status: 201, body: { name: '김민지', passes: true } });
    const [kim] = await people();
    expect(await visit(KIM)).toMatchObject([{ outcome: 'granted', personId: kim!.id, reason: 'matched' }]);
    expect(door.hardware.moves).toContain('energised');
    const portrait = await page.ask('GET', `/api/people/${kim!.id}/photo`);
    expect(portrait.headers.get('content-type')).toBe('image/jpeg');
  });

  it('registers the face of a file, never the same face twice unless somebody says so', async () => {
    door.vision.faces = [LEE];
    expect(await page.ask('POST', '/api/people?name=Lee', { body: photo })).toMatchObject({ status: 201 });
    const again = await page.ask('POST', '/api/people?name=Li', { body: photo });
    expect(again).toMatchObject({ status: 409, body: { code: 'person/alike', facts: { name: 'Lee' } } });
    const twin = await page.ask('POST', '/api/people?name=Twin&isSomebodyElse=true', { body: photo });
    expect(twin).toMatchObject({ status: 201 });
    expect(await visit(LEE)).toMatchObject([{ outcome: 'denied', reason: 'ambiguous' }]);
    const { id } = twin.body as KnownPerson;
    expect((await page.ask('DELETE', `/api/people/${id}`)).status).toBe(204);
    expect(await visit(LEE)).toMatchObject([{ outcome: 'granted' }]);
  });

  it('lets nobody in outside their dates', async () => {
    const [kim] = await people().then((all) => all.filter(({ name }) => name === '김민지'));
    const path = `/api/people/${kim!.id}`;
    const change = (body: object) => page.ask('PATCH', path, { body });
    expect((await change({ name: 'Kim', validUntil: PAST })).status).toBe(204);
    expect(await visit(KIM)).toMatchObject([{ outcome: 'denied', reason: 'expired', personId: kim!.id }]);
    expect(await change({ validFrom: '2021-01-01T00:00:00Z' })).toMatchObject({ status: 400 });
    expect((await change({ validUntil: null })).status).toBe(204);
    expect(await visit(KIM)).toMatchObject([{ outcome: 'granted' }]);
  });

  it('decides by the threshold that is set here', async () => {
    await page.ask('PATCH', '/api/settings', { body: { similarityMin: 0.9 } });
    const { body } = await page.ask('GET', '/api/state');
    expect(body).toMatchObject({ threshold: { similarityMin: 0.9, reason: 'by-hand' } });
    expect(await page.ask('PATCH', '/api/settings', { body: { similarityMin: 2 } })).toMatchObject({
      status: 400,
      body: { code: 'page/invalid', issues: [{ path: 'similarityMin' }] },
    });
  });

  it('is tried out: it unlocks once, with a record, and tells what its contacts say', async () => {
    const moves = door.hardware.moves.length;
    expect((await page.ask('POST', '/api/door/unlock')).status).toBe(204);
    await until(() => door.hardware.moves.length === moves + 2);
    expect(door.outbox().at(-1)).toMatchObject({ kind: 'remote-unlock', details: { unlockMs: 100 } });
    await page.ask('PATCH', '/api/settings', { body: { inputs: wired({ bolt: 'normally-open' }) } });
    door.hardware.contact('bolt', true);
    await until(async () => ((await page.ask('GET', '/api/state')).body as PageState).inputs.bolt);
    expect(await page.ask('POST', '/api/door/unlock')).toMatchObject({
      status: 409,
      body: { code: 'door/refused', facts: { refusal: 'double-locked' } },
    });
    await page.ask('PATCH', '/api/settings', { body: { inputs: wired({}) } });
  });

  it('takes its camera’s settings, and shows no password of it, nor sends it elsewhere', async () => {
    const rtsp = { kind: 'rtsp', address: '10.0.0.5', user: 'door', password: 'Tr0ub4dor' };
    const set = (source: object) => page.ask('PUT', '/api/camera', { body: { source } });
    const answer = await set(rtsp);
    expect(answer).toMatchObject({ status: 200, body: { settings: { source: { hasPassword: true } } } });
    expect(JSON.stringify(answer.body)).not.toContain('Tr0ub4dor');
    const path = join(directory, 'camera.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { password: _, ...unnamed } = rtsp;
    expect(await set({ ...unnamed, path: 'live' })).toMatchObject({
      body: { settings: { source: { hasPassword: true } } },
    });
    expect(readFileSync(path, 'utf8')).toContain('Tr0ub4dor');
    const elsewhere = await set({ ...unnamed, address: '10.0.0.6' });
    expect(elsewhere).toMatchObject({ body: { settings: { source: { hasPassword: false } } } });
    expect(
      await set({ kind: 'usb', device: '/etc/passwd', resolution: { width: 640, height: 480 } }),
    ).toMatchObject({
      status: 400,
    });
    expect(readFileSync(path, 'utf8')).toContain('10.0.0.6');
  });

  it('keeps people sealed on the disk, and knows them after a restart', async () => {
    await door.agent.stop();
    const kept = ['agent.db', 'agent.db-wal']
      .map((name) => {
        try {
          return readFileSync(join(directory, name), 'latin1');
        } catch {
          return '';
        }
      })
      .join('');
    expect(kept).toContain('local_person');
    expect(kept).not.toContain('Kim');
    await begin();
    expect((await people()).map(({ name }) => name)).toEqual(['Kim', 'Lee']);
    expect(await visit(LEE)).toMatchObject([{ outcome: 'granted' }]);
  });

  it.each([
    ['POST', '/api/people/from-track', { name: 'x' }, 400],
    ['POST', '/api/people/from-track', { name: 'x', trackId: '0199f000-0000-7000-8000-0000000000ff' }, 404],
    ['POST', '/api/people?name=', new Uint8Array([1]), 400],
    ['POST', '/api/people?name=x', new Uint8Array([1, 2, 3]), 422],
    ['PATCH', '/api/people/0199f000-0000-7000-8000-0000000000ff', { name: 'x' }, 404],
    ['PATCH', '/api/people/no-id', { name: 'x' }, 400],
    ['DELETE', '/api/people/0199f000-0000-7000-8000-0000000000ff', undefined, 404],
    ['PATCH', '/api/settings', { nothing: 1 }, 400],
  ] as const)('answers %s %s %j with %i', async (method, path, body, status) => {
    const count = (await people()).length;
    expect((await page.ask(method, path, { body })).status).toBe(status);
    expect(await people()).toHaveLength(count);
  });

  it('pairs with a server by a code, and goes to it from then on', async () => {
    const server = new KeyServer();
    const url = await server.start();
    const pair = (body: object) => page.ask('POST', '/api/pairing', { body });
    expect(await pair({ server: url, code: 'wrong-one' })).toMatchObject({ status: 422 });
    expect(await pair({ server: 'ftp://x', code: 'abcd-efgh' })).toMatchObject({ status: 400 });
    expect(await pair({ server: url, code: 'abcd-efgh' })).toMatchObject({ status: 200 });
    await until(() => server.proved.length > 0);
    const { body } = await page.ask('GET', '/api/state');
    expect(body).toMatchObject({ server: { url, isFixed: false, fingerprint: [...server.keys.keys()][0] } });
    door.vision.faces = [{ seed: 5 }];
    // A server decides from now on who passes.
    expect((await page.ask('POST', '/api/people?name=New', { body: photo })).body).toMatchObject({
      passes: false,
    });
    await server.stop();
  });

  it('hands its people and events over to its server, and forgets whom the server has taken', async () => {
    await door.agent.stop();
    const server = new InTestServer();
    rmSync(identityPath(directory));
    const url = await server.start();
    server.accessRules = true;
    await begin(url);
    const known = await people();
    const [kim, lee] = ['Kim', 'Lee'].map((name) => known.find((each) => each.name === name)!);
    await until(() => [...server.stored.values()].some(({ personId }) => personId === kim!.id));
    const told = await server.ask('local.people', { v: 1 });
    expect(localPeopleAnswerSchema.parse(told)).toMatchObject({
      people: known.map(({ id, name, passes }) => ({ id, name, passes })),
    });
    const captures = await server.ask('local.captures', { v: 1, personId: kim!.id });
    expect(captureAnswerSchema.parse(captures)).toMatchObject({ ok: true });
    server.change({ kind: 'person.put', person: { id: kim!.id, name: 'Kim of the server' } });
    await until(async () => (await people()).every(({ id }) => id !== kim!.id));
    await server.ask('local.settle', { v: 1, personId: lee!.id });
    expect((await people()).map(({ name }) => name)).toEqual(['New']);
    await server.stop();
  });
});
