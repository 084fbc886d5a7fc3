import { doorPairingCodeSchema, pairAnswerSchema, proofText, type Door } from '@munjigi/contracts';
import { TestAgent } from '../../testing/test-agent';
import { TestDevice } from '../../testing/test-device';
import { TestServer } from '../../testing/test-server';
import { newId } from '../../platform/database/uuid';

let server: TestServer;
let siteId: string;
const agents: TestAgent[] = [];

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  [{ id: siteId }] = await server.dataSource.query('SELECT id FROM site');
});
afterAll(() => server.close());
afterEach(async () => {
  agents.splice(0).forEach((agent) => agent.close());
  await server.dataSource.query('DELETE FROM sign_in_attempt');
});

async function makeDoor(): Promise<{ id: string; token: string }> {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Paired' } });
  return { id: body.door.id as string, token: body.agentToken as string };
}
async function makeCode(doorId: string): Promise<string> {
  const { status, body } = await server.call('POST', `/api/doors/${doorId}/pairing-code`);
  expect(status).toBe(201);
  server.leaks.text('a pairing code', body.code as string);
  return doorPairingCodeSchema.parse(body).code;
}
async function pairedDoor() {
  const door = await makeDoor();
  const device = new TestDevice();
  expect(await device.pair(server, await makeCode(door.id))).toMatchObject({ status: 200 });
  return { door, device };
}
const keep = (agent: TestAgent): TestAgent => (agents.push(agent), agent);
const connect = async (device: TestDevice) => keep(await device.connect(server.url));
const left = (agent: TestAgent) =>
  agent.socket.disconnected || new Promise((resolve) => agent.socket.once('disconnect', resolve));
const deviceOf = async (doorId: string) =>
  ((await server.call('GET', `/api/doors/${doorId}`)).body as Door).device;
const actionsOf = async (doorId: string): Promise<string[]> =>
  (
    await server.dataSource.query<{ action: string }[]>(
      `SELECT action FROM audit_entry JOIN audit_link ON audit_link.entry_id = audit_entry.id
       WHERE subject_id = $1 ORDER BY audit_link.position`,
      [doorId],
    )
  ).map(({ action }) => action);

describe('pairing', () => {
  it('pins the device’s key to the door of the code, which says hello once it has proved it', async () => {
    const door = await makeDoor();
    const device = new TestDevice();
    const before = Date.now();
    const { body: code } = await server.call('POST', `/api/doors/${door.id}/pairing-code`);
    const lifeMs = Date.parse(code.expiresAt as string) - before;
    expect(lifeMs).toBeGreaterThan(14 * 60_000);
    expect(lifeMs).toBeLessThan(16 * 60_000);
    const { body } = await device.pair(server, code.code as string);
    expect(pairAnswerSchema.parse(body)).toMatchObject({ doorId: door.id, fingerprint: device.fingerprint });
    const agent = await connect(device);
    expect(await agent.hello()).toMatchObject({ ok: true, doorId: door.id });
    expect(await deviceOf(door.id)).toMatchObject({
      state: 'paired',
      fingerprint: device.fingerprint,
      agentVersion: '0.0.0-test',
      protocol: 1,
      clockOffsetMs: expect.any(Number),
    });
    expect(await actionsOf(door.id)).toEqual([
      'door/created',
      'door/pairing-code-made',
      'door/device-paired',
    ]);
  });

  it('takes a code however it is typed, and keeps it nowhere', async () => {
    const door = await makeDoor();
    const code = await makeCode(door.id);
    const [{ dump }] = await server.dataSource.query(
      `SELECT string_agg(encode(code_hash, 'hex'), ',') AS dump FROM pairing_code WHERE door_id = $1`,
      [door.id],
    );
    expect(dump).not.toContain(Buffer.from(code.replaceAll('-', '')).toString('hex'));
    const typed = ` ${code.toUpperCase().replace('-', ' ')} `;
    const device = new TestDevice();
    const signed = await device.pair(server, code, { code: typed });
    expect(signed.status).toBe(200);
  });

  it('takes a code once; only the same device is answered again', async () => {
    const door = await makeDoor();
    const code = await makeCode(door.id);
    const device = new TestDevice();
    const first = await device.pair(server, code);
    expect((await device.pair(server, code)).body).toEqual(first.body);
    expect(await new TestDevice().pair(server, code)).toMatchObject({
      status: 403,
      body: { code: 'pairing/wrong-code' },
    });
  });

  it('of many devices at once with one code lets one in', async () => {
    const door = await makeDoor();
    const code = await makeCode(door.id);
    const answers = await Promise.all([1, 2, 3, 4].map(() => new TestDevice().pair(server, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
  });

  it('refuses a code that has expired or was replaced', async () => {
    const door = await makeDoor();
    const [older, newer] = [await makeCode(door.id), await makeCode(door.id)];
    expect((await new TestDevice().pair(server, older)).status).toBe(403);
    await server.dataSource.query(`UPDATE pairing_code SET expires_at = now() WHERE door_id = $1`, [door.id]);
    expect((await new TestDevice().pair(server, newer)).status).toBe(403);
  });

  it('slows guessing down', async () => {
    const device = new TestDevice();
    for (let guess = 0; guess < 10; guess++) {
      expect((await device.pair(server, 'abcd-efgh')).status).toBe(403);
    }
    expect(await device.pair(server, 'abcd-efgh')).toMatchObject({ status: 429 });
  });

  it('refuses a key that the sender does not have, and one that was somebody’s', async () => {
    const { door, device } = await pairedDoor();
    const code = await makeCode(door.id);
    const stranger = new TestDevice();
    expect(await stranger.pair(server, code, { publicKey: device.publicKey })).toMatchObject({
      status: 400,
      body: { code: 'pairing/wrong-signature' },
    });
    expect(await device.pair(server, code)).toMatchObject({
      status: 409,
      body: { code: 'pairing/known-key' },
    });
    expect(await stranger.pair(server, code, { publicKey: 'short' })).toMatchObject({ status: 400 });
  });

  it('gives a door ten codes an hour, and not more', async () => {
    const door = await makeDoor();
    for (let made = 0; made < 10; made++) await makeCode(door.id);
    expect(await server.call('POST', `/api/doors/${door.id}/pairing-code`)).toMatchObject({
      status: 429,
      body: { code: 'pairing/too-many-codes' },
    });
  });

  it('is for those who may change the door', async () => {
    const { door } = await pairedDoor();
    const elsewhere = await server.as('site-manager', await server.makeSite());
    for (const route of ['pairing-code', 'revoke-device', 'rotate-key']) {
      const path = `/api/doors/${door.id}/${route}`;
      expect((await server.callAnonymously('POST', path, { json: {} })).status).toBe(401);
      expect((await (await server.as('operator', siteId)).call('POST', path, { json: {} })).status).toBe(403);
      expect((await elsewhere.call('POST', path, { json: {} })).status).toBe(403);
      const unknown = await server.call('POST', `/api/doors/${newId()}/${route}`, { json: {} });
      expect(unknown).toMatchObject({ status: 404, body: { code: 'doors/not-found' } });
    }
  });
});

describe('a door that was paired', () => {
  it('is let in by no token ever again', async () => {
    const door = await makeDoor();
    const old = keep(await TestAgent.connect(server.url, door.token));
    await old.hello();
    const device = new TestDevice();
    await device.pair(server, await makeCode(door.id));
    await left(old);
    await expect(TestAgent.connect(server.url, door.token)).rejects.toThrow('agent/paired');
    await server.call('POST', `/api/doors/${door.id}/revoke-device`, { json: {} });
    await expect(TestAgent.connect(server.url, door.token)).rejects.toThrow('agent/paired');
    expect(await server.call('POST', `/api/doors/${door.id}/agent-token`)).toMatchObject({
      status: 409,
      body: { code: 'doors/paired' },
    });
  });

  it('is told nothing, and takes nothing, before the proof', async () => {
    const { device } = await pairedDoor();
    const { agent } = await device.challenged(server.url);
    keep(agent);
    for (const name of ['hello', 'sync.pull', 'events.push', 'keys.rotate']) {
      expect(await agent.ask(name, { v: 1 })).toMatchObject({
        ok: false,
        error: { code: 'agent/unauthenticated' },
      });
    }
    await server.call('POST', '/api/people', { json: { name: 'Nobody’s business' } });
    expect(agent.received.map(({ name }) => name)).toEqual(['challenge']);
  });

  it('keeps its connection while somebody else fails to prove its key', async () => {
    const { device } = await pairedDoor();
    const agent = await connect(device);
    const { agent: thief, challenge } = await device.challenged(server.url);
    const guessed = { ...device.proof(challenge), signature: new TestDevice().sign('x') };
    expect(await thief.ask('prove', guessed)).toMatchObject({ ok: false });
    await left(thief);
    expect(await agent.hello()).toMatchObject({ ok: true });
  });

  it('proves nothing with a proof that was seen before, at once or later', async () => {
    const { device } = await pairedDoor();
    const { agent, challenge } = await device.challenged(server.url);
    const proof = device.proof(challenge);
    expect(await keep(agent).ask('prove', proof)).toMatchObject({ ok: true });
    const { agent: replaying } = await device.challenged(server.url);
    expect(await replaying.ask('prove', proof)).toMatchObject({ ok: false });
    await left(replaying);
    // A second proof over the same connection ends it.
    expect(await agent.ask('prove', proof)).toMatchObject({ ok: false });
    await left(agent);
  });

  it('proves nothing with what was signed for another server, name, door or purpose', async () => {
    const { device, door } = await pairedDoor();
    const wrong: [string, Parameters<typeof proofText>[0] | null][] = [
      ['server', { serverId: newId(), serverName: '127.0.0.1', doorId: door.id, nonce: '' }],
      ['name', { serverId: '', serverName: 'evil.example', doorId: door.id, nonce: '' }],
      ['door', { serverId: '', serverName: '127.0.0.1', doorId: newId(), nonce: '' }],
      ['purpose', null],
    ];
    for (const [what, parts] of wrong) {
      const { agent, challenge } = await device.challenged(server.url);
      const { nonce, serverId } = challenge;
      const text = parts
        ? proofText({ ...parts, nonce, serverId: parts.serverId || serverId })
        : `munjigi-agent/1\nrotate\n${serverId}\n127.0.0.1\n${door.id}\n${nonce}`;
      const serverName = parts?.serverName ?? '127.0.0.1';
      const answer = await agent.ask('prove', { v: 1, serverName, signature: device.sign(text) });
      expect([what, answer]).toMatchObject([what, { ok: false, error: { code: 'agent/unauthenticated' } }]);
      agent.close();
    }
  });

  it('is let in no more once its device is revoked, until another is paired', async () => {
    const { door, device } = await pairedDoor();
    const agent = await connect(device);
    await agent.hello();
    const { agent: halfway, challenge } = await device.challenged(server.url);
    const gone = left(agent);
    const answer = await server.call('POST', `/api/doors/${door.id}/revoke-device`, {
      json: { reason: 'Stolen.' },
    });
    expect(answer.body.device).toMatchObject({ state: 'revoked', fingerprint: null });
    await gone;
    expect(await halfway.ask('prove', device.proof(challenge))).toMatchObject({ ok: false });
    await expect(device.connect(server.url)).rejects.toThrow('agent/unauthenticated');
    expect(await server.call('POST', `/api/doors/${door.id}/revoke-device`, { json: {} })).toMatchObject({
      status: 409,
      body: { code: 'doors/not-paired' },
    });
    const code = await makeCode(door.id);
    expect(await device.pair(server, code)).toMatchObject({
      status: 409,
      body: { code: 'pairing/known-key' },
    });
    const next = new TestDevice();
    expect((await next.pair(server, code)).status).toBe(200);
    expect(await (await connect(next)).hello()).toMatchObject({ ok: true });
    expect(await actionsOf(door.id)).toContain('door/device-revoked');
  });
});

describe('a new key', () => {
  it('is asked for online, and replaces the old one with the first connection that it proves', async () => {
    const { door, device } = await pairedDoor();
    const agent = await connect(device);
    await agent.hello();
    const asked = agent.message('keys.renew');
    expect((await server.call('POST', `/api/doors/${door.id}/rotate-key`)).status).toBe(200);
    expect(await asked).toEqual({ v: 1 });
    const next = new TestDevice();
    next.inherit(device);
    for (let again = 0; again < 2; again++) {
      expect(await agent.ask('keys.rotate', device.rotation(next))).toEqual({
        ok: true,
        fingerprint: next.fingerprint,
      });
    }
    // Both are good until the new one is used: an answer may have been lost.
    expect(await (await connect(device)).hello()).toMatchObject({ ok: true });
    const renewed = await connect(next);
    expect(await renewed.hello()).toMatchObject({ ok: true });
    await expect(device.connect(server.url)).rejects.toThrow('agent/unauthenticated');
    expect(await deviceOf(door.id)).toMatchObject({ fingerprint: next.fingerprint });
    expect((await actionsOf(door.id)).slice(-3)).toEqual([
      'door/key-renewal-asked',
      'door/key-announced',
      'door/key-rotated',
    ]);
  });

  it('has to be signed by both keys, and be new', async () => {
    const { device } = await pairedDoor();
    const { device: other } = await pairedDoor();
    const agent = await connect(device);
    await agent.hello();
    const next = new TestDevice();
    expect(await agent.ask('keys.rotate', other.rotation(next))).toMatchObject({
      error: { code: 'pairing/wrong-signature' },
    });
    expect(await agent.ask('keys.rotate', device.rotation(next, { signedBy: device }))).toMatchObject({
      error: { code: 'pairing/wrong-signature' },
    });
    expect(await agent.ask('keys.rotate', device.rotation(other))).toMatchObject({
      error: { code: 'pairing/known-key' },
    });
  });

  it('that was announced is revoked with the old one', async () => {
    const { door, device } = await pairedDoor();
    const agent = await connect(device);
    await agent.hello();
    const next = new TestDevice();
    next.inherit(device);
    await agent.ask('keys.rotate', device.rotation(next));
    await server.call('POST', `/api/doors/${door.id}/revoke-device`, { json: {} });
    await expect(next.connect(server.url)).rejects.toThrow('agent/unauthenticated');
  });

  it('is asked of no door that is offline, and of none without a device', async () => {
    const { door } = await pairedDoor();
    const offline = await server.call('POST', `/api/doors/${door.id}/rotate-key`);
    expect(offline).toMatchObject({ status: 409, body: { code: 'doors/offline' } });
    const unpaired = await server.call('POST', `/api/doors/${(await makeDoor()).id}/rotate-key`);
    expect(unpaired).toMatchObject({ status: 409, body: { code: 'doors/not-paired' } });
  });
});
