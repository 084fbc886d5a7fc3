import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { keysSchema } from '@munjigi/contracts';
import { cosineSimilarity } from '@munjigi/face-core';
import { FakeKeyService } from '../../testing/fake-key-service';
import { addTemplates, readAsDoor, testEmbedding } from '../../testing/test-templates';
import { TestServer } from '../../testing/test-server';
import { KeyRotation } from './key-rotation';
import { SecretWork } from './secret-work';
import { TransformRenewal } from './transform-renewal';

/** More than one batch of either kind. */
const COUNT = 230;

async function expectWhole(server: TestServer, ids: ReadonlyMap<number, string>): Promise<void> {
  const { templates } = await readAsDoor(server);
  expect(templates.size).toBe(ids.size);
  for (const [number, id] of ids) {
    expect(cosineSimilarity(templates.get(id)!.plain, testEmbedding(number))).toBeGreaterThan(1 - 1e-6);
  }
}

const idle = (server: TestServer) => server.running.app.get(SecretWork, { strict: false }).idle();
const keys = async (server: TestServer) => keysSchema.parse((await server.call('GET', '/api/keys')).body);

describe('master keys in the data folder', () => {
  let server: TestServer;
  let dataDirectory: string;
  let ids: Map<number, string>;

  beforeAll(async () => {
    server = await (await TestServer.start()).signIn();
    dataDirectory = server.dataDirectory;
    ids = await addTemplates(server, COUNT);
  });
  afterAll(() => server.close());

  it('are told of by name, without what they are', async () => {
    const { masterKeys, transforms, busy } = await keys(server);
    // Every person's key, and the transform's secret.
    expect(masterKeys).toEqual([{ id: expect.stringMatching(/^local-/), wrapping: true, keys: COUNT + 1 }]);
    expect(transforms).toMatchObject([{ templates: COUNT }]);
    expect(busy).toBe(false);
  });

  it('are changed while doors sync: both open half way, and what was killed goes on at the next start', async () => {
    const rotation = server.running.app.get(KeyRotation, { strict: false });
    const { before, after } = await server.dataSource.transaction((manager) => rotation.begin(manager));
    expect(await rotation.advance()).toBe(200);
    const half = await keys(server);
    expect(half.masterKeys).toEqual([
      { id: after, wrapping: true, keys: 200 },
      { id: before, wrapping: false, keys: COUNT - 200 + 1 },
    ]);
    expect(half.busy).toBe(true);
    await expectWhole(server, ids);
    await server.stop();

    const next = await (await TestServer.start({ databaseUrl: server.databaseUrl, dataDirectory })).signIn();
    await idle(next);
    expect((await keys(next)).masterKeys).toEqual([{ id: after, wrapping: true, keys: COUNT + 1 }]);
    expect(await readdir(join(dataDirectory, 'keys', 'retired'))).toEqual([`${before}.key`]);
    await expectWhole(next, ids);

    const answer = await next.call('POST', '/api/keys/rotations');
    expect(answer.status).toBe(202);
    await expectWhole(next, ids);
    await idle(next);
    const { masterKeys } = await keys(next);
    expect(masterKeys).toHaveLength(1);
    expect(masterKeys[0]?.id).not.toBe(after);
    await expectWhole(next, ids);
    const [entry] = await next.dataSource.query(
      `SELECT before, after FROM audit_entry WHERE action = 'keys/rotated'`,
    );
    expect(entry).toEqual({ before: { masterKey: after }, after: { masterKey: masterKeys[0]?.id } });
    await next.close();
  });
});

describe('master keys elsewhere', () => {
  it('take over from a file, and refuse nothing but say so while the service is away', async () => {
    const service = new FakeKeyService();
    const url = await service.start();
    const first = await (await TestServer.start()).signIn();
    const ids = await addTemplates(first, 3);
    await first.stop();
    const keyServices = [{ url, keyName: 'munjigi', token: service.token }];
    const { databaseUrl, dataDirectory } = first;
    const server = await (await TestServer.start({ databaseUrl, dataDirectory, keyServices })).signIn();
    expect((await server.call('POST', '/api/keys/rotations')).status).toBe(202);
    await idle(server);
    expect((await keys(server)).masterKeys).toEqual([{ id: 'kms-munjigi', wrapping: true, keys: 4 }]);
    await expectWhole(server, ids);
    expect(await server.call('POST', '/api/keys/rotations')).toMatchObject({
      status: 409,
      body: { code: 'keys/no-other-key' },
    });

    await server.close();
    service.failWith = 503;
    const cut = await (await TestServer.start({ databaseUrl, dataDirectory, keyServices })).signIn();
    const [{ id }] = (await cut.call('GET', '/api/people?limit=1')).body.items;
    await cut.dataSource.query(
      `INSERT INTO portrait (person_id, sealed_jpeg, updated_at) VALUES ($1, '\\x02', now())`,
      [id],
    );
    expect(await cut.call('GET', `/api/people/${id}/portrait`)).toMatchObject({
      status: 503,
      body: { code: 'crypto/key-service' },
    });
    service.failWith = null;
    await expectWhole(cut, ids);
    await cut.close();
    await first.close();
    await service.stop();
  });

  it('are refused where they do not hold what wrapped the keys that are there', async () => {
    const server = await TestServer.start();
    await server.stop();
    const changes = { databaseUrl: server.databaseUrl, templateKeys: [randomBytes(32)] };
    await expect(TestServer.start(changes)).rejects.toMatchObject({ code: 'config/other-template-key' });
    await server.close();
  });
});

describe('the transform of templates', () => {
  let server: TestServer;
  let ids: Map<number, string>;
  beforeAll(async () => {
    server = await (await TestServer.start()).signIn();
    ids = await addTemplates(server, COUNT);
  });
  afterAll(() => server.close());

  it('is renewed while doors sync, and what was stolen before is a stranger to what is there after', async () => {
    const before = await readAsDoor(server);
    const renewal = server.running.app.get(TransformRenewal, { strict: false });
    const id = await server.dataSource.transaction((manager) => renewal.begin(manager));
    expect(await renewal.advance()).toBe(100);
    const half = await readAsDoor(server);
    expect(new Set([...half.templates.values()].map(({ transformId }) => transformId)).size).toBe(2);
    await expectWhole(server, ids);

    server.running.app.get(SecretWork, { strict: false }).wake();
    await idle(server);
    const after = await readAsDoor(server);
    expect(after.transformIds).toEqual([id]);
    await expectWhole(server, ids);
    const { transforms, busy } = await keys(server);
    expect(transforms).toMatchObject([{ id, templates: COUNT }]);
    expect(busy).toBe(false);
    expectStrangers(
      [...ids.values()].map((each) => [before, after].map((view) => view.templates.get(each)!.sent)),
    );
    expect((await server.call('POST', '/api/keys/renewals')).status).toBe(202);
    await idle(server);
    await expectWhole(server, ids);
  });

  it('makes the same faces strangers in another deployment', async () => {
    const other = await (await TestServer.start()).signIn();
    const otherIds = await addTemplates(other, 60);
    const [ours, theirs] = [await readAsDoor(server), await readAsDoor(other)];
    const pairs = [...otherIds].map(([number, id]) => [
      ours.templates.get(ids.get(number)!)!.sent,
      theirs.templates.get(id)!.sent,
    ]);
    expectStrangers(pairs);
    await other.close();
  });
});

/** Similarities of strangers in 192 dimensions: mean 0, deviation 1 / sqrt(192). */
function expectStrangers(pairs: readonly (readonly Float32Array[])[]): void {
  const found = pairs.map(([a, b]) => cosineSimilarity(a!, b!));
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  const deviation = Math.sqrt(found.reduce((sum, value) => sum + value ** 2, 0) / found.length);
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(192 * found.length));
  expect(deviation * Math.sqrt(192)).toBeGreaterThan(0.7);
  expect(deviation * Math.sqrt(192)).toBeLessThan(1.4);
  expect(Math.max(...found)).toBeLessThan(0.45);
}

describe('keys and transforms', () => {
  it.each([
    ['GET', '/api/keys', 'registrar'],
    ['POST', '/api/keys/rotations', 'auditor'],
    ['POST', '/api/keys/renewals', 'auditor'],
  ] as const)('are guarded: %s %s', async (method, path, role) => {
    const server = await TestServer.start();
    expect(await server.callAnonymously(method, path)).toMatchObject({ status: 401 });
    expect(await (await server.as(role)).call(method, path)).toMatchObject({ status: 403 });
    await server.close();
  });
});
