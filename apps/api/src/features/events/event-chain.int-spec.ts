import {
  checkpointText,
  doorOutboxSchema,
  doorOutboxVerificationSchema,
  type DoorOutbox,
  type DoorOutboxVerification,
} from '@munjigi/contracts';
import { chained } from '../../testing/chained-events';
import { makeEvent, type TestAgent } from '../../testing/test-agent';
import { TestDevice } from '../../testing/test-device';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
let serverId: string;
let doorId: string;
let device: TestDevice;
let agent: TestAgent;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
beforeEach(async () => {
  doorId = (await server.call('POST', '/api/doors', { json: { name: 'Chained' } })).body.door.id;
  const { code } = (await server.call('POST', `/api/doors/${doorId}/pairing-code`)).body;
  device = new TestDevice();
  serverId = (await device.pair(server, code)).body.serverId;
  agent = await device.connect(server.url);
  await agent.hello();
});
afterEach(() => agent.close());

const rex = (sequence: number) => ({ ...makeEvent(sequence), kind: 'rex', details: { ofTheFuture: [1] } });
const some = () => [
  makeEvent(1, { quality: 0.81, liveness: 0.1, clockErrorMs: 2.5 }),
  rex(2),
  { ...makeEvent(3), mood: { z: 'ä' } },
  makeEvent(4, { similarity: 2 }),
  makeEvent(5, { occurredAt: '2026-09-01T09:00:00.5+09:00' }),
];

async function chain(): Promise<DoorOutbox['epochs'][number]['chain'] | undefined> {
  const { body } = await server.call('GET', `/api/doors/${doorId}/outbox`);
  return doorOutboxSchema.parse(body).epochs[0]?.chain;
}

async function verify(query = ''): Promise<DoorOutboxVerification> {
  const { body } = await server.call('GET', `/api/doors/${doorId}/outbox/verification${query}`);
  return doorOutboxVerificationSchema.parse(body);
}

async function sign(sequence: number, hash: string, by = device): Promise<unknown> {
  const said = { epoch: agent.epoch, sequence, hash, at: new Date().toISOString() };
  const signature = by.sign(checkpointText({ ...said, serverId, doorId }));
  return agent.ask('events.checkpoint', { v: 1, ...said, signature });
}

describe('the chain of a door’s events', () => {
  it('is intact as they come, also in parts and sent again, and is signed by the device', async () => {
    const { events, hash } = chained(agent.epoch, [makeEvent(1), makeEvent(2), makeEvent(3)]);
    await agent.push(events.slice(0, 2));
    await agent.push(events.slice(1));
    expect(await chain()).toEqual({
      ...{ state: 'intact', firstSequence: 1, brokenAt: null, checkpoint: null, unsigned: 3 },
    });
    expect(await sign(3, hash)).toEqual({ ok: true });
    expect(await chain()).toMatchObject({
      checkpoint: { sequence: 3, fingerprint: device.fingerprint },
      unsigned: 0,
    });
  });

  it('is none of a door that does not make one, and may begin in the middle', async () => {
    await agent.push([makeEvent(1), makeEvent(2)]);
    expect(await chain()).toMatchObject({ state: 'none', unsigned: 0 });
    await agent.push(chained(agent.epoch, [makeEvent(3), makeEvent(4)]).events);
    expect(await chain()).toMatchObject({ state: 'intact', firstSequence: 3, unsigned: 2 });
    expect(await verify()).toMatchObject({ events: 4, unchained: 2, fault: null });
  });

  it('is broken where an event does not follow from the one before it, or is not chained any more', async () => {
    const { events, hash } = chained(agent.epoch, [makeEvent(1), makeEvent(2)]);
    const other = chained(agent.epoch, [makeEvent(3)], chained(agent.epoch, [makeEvent(2)]).hash);
    await agent.push([...events, ...other.events]);
    expect(await chain()).toMatchObject({ state: 'broken', brokenAt: 3 });
    expect(hash).not.toBe(other.events[0]?.previousHash);
    await agent.push([makeEvent(4)]);
    expect(await chain()).toMatchObject({ brokenAt: 3 });
    expect((await server.call('GET', '/api/health')).body.checks.events.message).toContain(
      '1 doors is broken',
    );
  });

  it('is reckoned anew from what is stored, whatever it says that this server does not know', async () => {
    const { events, hash } = chained(agent.epoch, some());
    await agent.push(events);
    await sign(5, hash);
    expect(await chain()).toMatchObject({ state: 'gap' });
    expect(await verify()).toEqual({
      ...{ epoch: agent.epoch, firstSequence: 1, lastSequence: 5, events: 5, unchained: 0 },
      ...{ checkpoints: 1, signedThrough: 5, nextAfter: null, fault: null },
    });
    expect(await verify('?after=3')).toMatchObject({ firstSequence: 3, events: 3, fault: null });
  });

  it.each([
    [
      'a visit',
      `UPDATE access_event SET outcome = 'granted' WHERE door_id = $1 AND sequence = 1`,
      1,
      'changed',
    ],
    [
      'what happened',
      `UPDATE door_event SET kind = 'tamper' WHERE door_id = $1 AND sequence = 2`,
      2,
      'changed',
    ],
    [
      'the last one',
      `UPDATE access_event SET monotonic_ms = 0 WHERE door_id = $1 AND sequence = 5`,
      5,
      'signature',
    ],
    [
      'what was set aside',
      `UPDATE dead_letter SET event = replace(event, ':2,', ':1,') WHERE door_id = $1`,
      4,
      'changed',
    ],
    ['that one is there', `DELETE FROM access_event WHERE door_id = $1 AND sequence = 3`, 3, 'removed'],
    ['that the last is there', `DELETE FROM access_event WHERE door_id = $1 AND sequence = 5`, 5, 'removed'],
    [
      'a signature',
      `UPDATE event_checkpoint SET signed_at = '2020-01-01' WHERE door_id = $1`,
      5,
      'signature',
    ],
  ])('shows where somebody has changed %s', async (_, statement, sequence, what) => {
    const { events, hash } = chained(agent.epoch, some());
    await agent.push(events);
    await sign(5, hash);
    expect((await verify()).fault).toBeNull();
    await server.asDatabaseOwner(statement, [doorId]);
    expect((await verify()).fault).toEqual({ sequence, what });
  });

  it('shows a whole chain that was written anew, by what the device has signed', async () => {
    const { events, hash } = chained(agent.epoch, [makeEvent(1), makeEvent(2)]);
    await agent.push(events);
    await sign(2, hash);
    const forged = chained(agent.epoch, [
      Object.assign({}, events[0]!, { outcome: 'granted' }),
      makeEvent(2),
    ]);
    await server.asDatabaseOwner(
      `UPDATE access_event SET outcome = CASE sequence WHEN 1 THEN 'granted' ELSE outcome END,
         previous_hash = decode(translate(($2::text[])[sequence::int], '-_', '+/') || '=', 'base64')
       WHERE door_id = $1`,
      [doorId, forged.events.map(({ previousHash }) => previousHash)],
    );
    expect((await verify()).fault).toEqual({ sequence: 2, what: 'signature' });
  });

  it('is signed by a key of the door alone, and for the last acknowledged event', async () => {
    const { events, hash } = chained(agent.epoch, [makeEvent(1), makeEvent(2)]);
    await agent.push(events);
    expect(await sign(2, hash, new TestDevice())).toMatchObject({
      error: { code: 'pairing/wrong-signature' },
    });
    expect(await sign(1, hash)).toMatchObject({ error: { code: 'events/checkpoint-place' } });
    expect(await sign(2, 'A'.repeat(43))).toEqual({ ok: true });
    expect(await chain()).toMatchObject({ state: 'broken', brokenAt: 2 });
  });

  it('is reckoned anew for who may read the account, and for nobody else', async () => {
    const path = `/api/doors/${doorId}/outbox/verification`;
    expect((await server.callAnonymously('GET', path)).status).toBe(401);
    expect((await (await server.as('operator')).call('GET', path)).status).toBe(403);
    expect((await (await server.as('auditor')).call('GET', path)).status).toBe(200);
    expect((await server.call('GET', `${path}?epoch=${doorId}`)).status).toBe(404);
    expect((await server.call('GET', `${path}?after=-1`)).status).toBe(400);
  });
});
