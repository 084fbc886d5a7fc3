import { createHmac } from 'node:crypto';
import { webhookMessageSchema, type WebhookMessage } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { answer, TestReceiver, type Received } from '../../testing/test-receiver';
import { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';

let server: TestServer;
let agent: TestAgent;
let receiver: TestReceiver;
let siteId: string;
let personId: string;
let sequence = 0;

beforeAll(async () => {
  server = await (await TestServer.start({ webhookNetworks: ['127.0.0.0/8'] })).signIn();
  [{ id: siteId }] = await server.dataSource.query('SELECT id FROM site');
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
  agent = await TestAgent.connect(server.url, body.agentToken as string);
  await agent.hello();
  personId = (await server.call('POST', '/api/people', { json: { name: 'Kim Minji', siteId } })).body.id;
});
afterAll(async () => {
  agent.close();
  await server.close();
});
beforeEach(async () => {
  receiver = await TestReceiver.start();
});
afterEach(async () => {
  await server.dataSource.query('DELETE FROM webhook');
  await receiver.close();
});

/** Adds a webhook. @returns its id and its secret */
async function hook(changes: object = {}): Promise<{ id: string; secret: string }> {
  const json = { name: 'Desk', url: receiver.url('/hook'), events: ['access.denied'], ...changes };
  const { status, body } = await server.call('POST', '/api/webhooks', { json });
  expect([status, body.code]).toEqual([201, undefined]);
  return { id: body.webhook.id as string, secret: body.secret as string };
}

/** Lets the door say that something happened. @returns its id */
async function happen(changes: object = {}): Promise<string> {
  const event = makeEvent(++sequence, changes);
  const { ok } = await agent.push([event]);
  expect(ok).toBe(true);
  return event.id;
}

const got = (count: number, from = receiver) =>
  until(`${count} messages`, () => from.received.length >= count);
const messageOf = ({ body }: Received): WebhookMessage => webhookMessageSchema.parse(JSON.parse(body));
const deliveries = async (id: string) =>
  (await server.call('GET', `/api/webhooks/${id}/deliveries`)).body.items as Record<string, unknown>[];
const settled = (id: string, state: string) =>
  until(`a message that is ${state}`, async () => (await deliveries(id))[0]?.state === state);
const attempted = (id: string, count: number) =>
  until(
    `${count} attempts`,
    async () => (((await deliveries(id))[0]?.attempts as unknown[]) ?? []).length >= count,
  );
const dueNow = () =>
  server.dataSource.query(`UPDATE webhook_delivery SET due_at = now() WHERE state = 'waiting'`);

/** Whether one of the signatures is that of a secret, reckoned as a receiver reckons it. */
function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return (headers['webhook-signature'] as string).split(' ').includes(expected);
}

describe('a visit', () => {
  it('is told to whoever wants to know of it, signed, once for each time that it was stored', async () => {
    const { id, secret } = await hook();
    const granted = await hook({ events: ['access.granted'], url: receiver.url('/granted') });
    const event = makeEvent(++sequence);
    await agent.push([event]);
    // The door's retry: it is stored already.
    await agent.push([event]);
    await settled(id, 'delivered');
    expect(receiver.received).toHaveLength(1);
    const [request] = receiver.received as [Received];
    expect(isSignedWith(secret, request)).toBe(true);
    expect(isSignedWith(granted.secret, request)).toBe(false);
    expect(messageOf(request)).toMatchObject({
      type: 'access.denied',
      data: { id: event.id, siteId, door: { name: 'Front' }, reason: 'unknown-person' },
    });
    const [delivery] = await deliveries(id);
    expect(delivery).toMatchObject({
      id: request.headers['webhook-id'],
      subjectId: event.id,
      attemptCount: 1,
      attempts: [{ status: 204, fault: null, durationMs: expect.any(Number) }],
    });
    expect(await deliveries(granted.id)).toEqual([]);
  });

  it('says of people no more than was asked for, and nothing of those who are no more', async () => {
    const events = ['access.granted'];
    for (const people of ['none', 'ids', 'names'])
      await hook({ events, people, url: receiver.url(`/${people}`) });
    await happen({ outcome: 'granted', reason: 'matched', personId, similarity: 0.8 });
    await got(3);
    const data = (path: string) =>
      (JSON.parse(receiver.received.find((each) => each.path === path)?.body ?? '') as WebhookMessage).data;
    expect(data('/none')).not.toHaveProperty('person');
    expect(data('/ids')).toHaveProperty('person', { id: personId });
    expect(data('/names')).toHaveProperty('person', { id: personId, name: 'Kim Minji' });
  });

  it('is not told of another site’s doors', async () => {
    const elsewhere = await server.makeSite('Busan');
    const there = await hook({ siteIds: [elsewhere] });
    const here = await hook({ siteIds: [siteId, elsewhere] });
    await happen();
    await settled(here.id, 'delivered');
    expect(await deliveries(there.id)).toEqual([]);
  });
});

describe('an alarm and what raised it', () => {
  it('are told, from its beginning to its end', async () => {
    await hook({ events: ['door.event', 'alarm.raised', 'alarm.acknowledged', 'alarm.resolved'] });
    const door = { kind: 'door-forced', details: {} };
    const { id, sequence: next, occurredAt, monotonicMs, clockOffsetMs } = makeEvent(++sequence);
    await agent.push([{ ...{ id, sequence: next, occurredAt, monotonicMs, clockOffsetMs }, ...door }]);
    await got(2);
    const { body } = await server.call('GET', '/api/alarms?state=open&kind=door-forced');
    const alarmId = body.items[0].id as string;
    await server.call('POST', `/api/alarms/${alarmId}/acknowledge`, { json: { note: 'On my way' } });
    await got(3);
    await server.call('POST', `/api/alarms/${alarmId}/resolve`, { json: {} });
    await got(4);
    const messages = receiver.received.map(messageOf);
    expect(messages.map(({ type }) => type).sort()).toEqual([
      'alarm.acknowledged',
      'alarm.raised',
      'alarm.resolved',
      'door.event',
    ]);
    // Who handled it, and what they wrote, stays here.
    expect(JSON.stringify(receiver.received)).not.toMatch(/On my way|admin@example/);
  });
});

describe('a receiver that fails', () => {
  it('is tried again with the same id until it takes the message', async () => {
    receiver.answering = answer(503, 'try later');
    const { id } = await hook();
    await happen();
    await attempted(id, 1);
    const [failed] = await deliveries(id);
    expect(failed).toMatchObject({
      ...{ state: 'waiting', attemptCount: 1, nextAttemptAt: expect.any(String) },
      attempts: [{ status: 503, fault: 'refused', excerpt: 'try later' }],
    });
    expect((await server.call('GET', `/api/webhooks/${id}`)).body.failingSince).not.toBeNull();
    receiver.answering = answer(200);
    await dueNow();
    await settled(id, 'delivered');
    expect((await deliveries(id))[0]?.attempts).toHaveLength(2);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await server.call('GET', `/api/webhooks/${id}`)).body.failingSince).toBeNull();
  });

  it('by never answering holds up nobody else', async () => {
    const silent = await TestReceiver.start(() => undefined);
    await hook({ url: silent.url() });
    const { id } = await hook();
    for (let visit = 0; visit < 4; visit++) await happen();
    await got(4);
    await until('all to be delivered', async () =>
      (await deliveries(id)).every(({ state }) => state === 'delivered'),
    );
    expect((await deliveries(id)).length).toBe(4);
    await silent.close();
  });

  it('is given up a day after the message was asked for, and can be sent it again', async () => {
    receiver.answering = answer(500);
    const { id } = await hook();
    await happen();
    await attempted(id, 1);
    await server.dataSource.query(`UPDATE webhook_delivery SET requested_at = now() - interval '24 hours'`);
    await dueNow();
    await settled(id, 'failed');
    receiver.answering = answer(200);
    const [{ id: deliveryId }] = (await deliveries(id)) as [{ id: string }];
    const path = `/api/webhooks/${id}/deliveries/${deliveryId}/replay`;
    expect(await server.call('POST', path)).toMatchObject({ status: 202, body: { state: 'waiting' } });
    await settled(id, 'delivered');
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(deliveryId);
    expect(await server.call('POST', `/api/webhooks/${id}/deliveries/${newId()}/replay`)).toMatchObject({
      status: 404,
      body: { code: 'webhooks/delivery-not-found' },
    });
  });

  it.each([
    ['for three days', 500, 'failing'],
    ['for good', 410, 'gone'],
  ])('%s is switched off with an alarm, which ends when it is switched on', async (_, status, why) => {
    receiver.answering = answer(status);
    const { id } = await hook();
    if (why === 'failing')
      await server.dataSource.query(`UPDATE webhook SET failing_since = now() - interval '73 hours'`);
    await happen();
    await settled(id, 'failed');
    expect((await server.call('GET', `/api/webhooks/${id}`)).body).toMatchObject({
      enabled: false,
      disabledBecause: why,
    });
    const open = async () =>
      ((await server.call('GET', '/api/alarms?state=open&kind=webhook-failing')).body.items as object[])
        .length;
    expect(await open()).toBe(1);
    const [row] = await server.dataSource.query(
      `SELECT actor_kind FROM audit_entry WHERE action = 'webhook/switched-off' AND subject_id = $1`,
      [id],
    );
    expect(row).toEqual({ actor_kind: 'system' });
    await server.call('PATCH', `/api/webhooks/${id}`, { json: { enabled: true } });
    expect(await open()).toBe(0);
  });
});

describe('a webhook that is switched off', () => {
  it('is told nothing but what tests it', async () => {
    const { id, secret } = await hook();
    await server.call('PATCH', `/api/webhooks/${id}`, { json: { enabled: false } });
    await happen();
    const { status } = await server.call('POST', `/api/webhooks/${id}/test`);
    expect(status).toBe(202);
    await settled(id, 'delivered');
    expect(await deliveries(id)).toHaveLength(1);
    const [request] = receiver.received as [Received];
    expect(messageOf(request)).toMatchObject({ type: 'webhook.test', data: { webhookId: id } });
    expect(isSignedWith(secret, request)).toBe(true);
  });
});

describe('a secret', () => {
  it('signs for a day beside the one that takes its place', async () => {
    const { id, secret: old } = await hook();
    const { status, body } = await server.call('POST', `/api/webhooks/${id}/secret`);
    expect([status, body.webhook.secrets.length]).toEqual([201, 2]);
    await happen();
    await got(1);
    const [both] = receiver.received as [Received];
    expect([isSignedWith(old, both), isSignedWith(body.secret as string, both)]).toEqual([true, true]);
    await server.dataSource.query(
      'UPDATE webhook_secret SET expires_at = now() WHERE expires_at IS NOT NULL',
    );
    await happen();
    await got(2);
    const after = receiver.received[1] as Received;
    expect([isSignedWith(old, after), isSignedWith(body.secret as string, after)]).toEqual([false, true]);
  });

  it('is in no row, no list and no account; nor is the query of an address in the account', async () => {
    const { id, secret } = await hook({ url: receiver.url('/hook?key=of-the-receiver') });
    const rows = await server.dataSource.query(
      `SELECT audit_entry::text AS text FROM audit_entry UNION ALL SELECT encode(wrapped_secret, 'base64')
       FROM webhook_secret`,
    );
    const { body } = await server.call('GET', `/api/webhooks/${id}`);
    expect(JSON.stringify([rows, body])).not.toContain(secret.slice(6));
    expect(JSON.stringify(rows)).not.toContain('of-the-receiver');
    expect(server.logLines.join('')).not.toContain('of-the-receiver');
  });
});

describe('setting one up', () => {
  it.each([
    ['http://169.254.169.254/latest', 422],
    ['https://10.0.0.1/', 422],
    ['https://[::1]/', 422],
    ['http://8.8.8.8/', 422],
    ['https://user:word@example.com/', 400],
    ['ftp://example.com/', 400],
    ['file:///etc/passwd', 400],
    ['nonsense', 400],
  ])('is refused for the address %s', async (url, status) => {
    const json = { name: 'Desk', url, events: ['access.denied'] };
    expect((await server.call('POST', '/api/webhooks', { json })).status).toBe(status);
  });

  it('takes what whoever does it may read, where they may, and no more', async () => {
    const limited = await server.having(['webhooks:read', 'webhooks:write', 'events:read'], siteId);
    const create = (changes: object) =>
      limited.call('POST', '/api/webhooks', {
        json: { name: 'Desk', url: receiver.url(), events: ['access.denied'], siteIds: [siteId], ...changes },
      });
    const beyond = { status: 403, body: { code: 'webhooks/beyond-own-rights' } };
    expect(await create({ events: ['alarm.raised'] })).toMatchObject(beyond);
    expect(await create({ people: 'ids' })).toMatchObject(beyond);
    expect(await create({ siteIds: null })).toMatchObject({ status: 403, body: { code: 'auth/forbidden' } });
    const { status, body } = await create({});
    expect(status).toBe(201);
    const path = `/api/webhooks/${body.webhook.id}`;
    expect(await limited.call('PATCH', path, { json: { people: 'names' } })).toMatchObject(beyond);
    const everywhere = await hook();
    const { items } = (await limited.call('GET', '/api/webhooks')).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([body.webhook.id]);
    expect((await limited.call('GET', `/api/webhooks/${everywhere.id}`)).status).toBe(403);
  });

  it('knows its sites, and says what is not there', async () => {
    const json = { name: 'Desk', url: receiver.url(), events: ['access.denied'], siteIds: [newId()] };
    expect(await server.call('POST', '/api/webhooks', { json })).toMatchObject({
      status: 422,
      body: { code: 'webhooks/no-such-site' },
    });
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/secret'],
      ['POST', '/test'],
      ['GET', '/deliveries'],
    ] as const) {
      const answered = await server.call(method, `/api/webhooks/${newId()}${path}`);
      expect([path, answered.status, answered.body.code]).toEqual([path, 404, 'webhooks/not-found']);
    }
  });

  it('leaves its account, of what was changed alone', async () => {
    const { id } = await hook();
    await server.call('PATCH', `/api/webhooks/${id}`, { json: { name: 'Other', events: ['access.denied'] } });
    expect((await server.call('DELETE', `/api/webhooks/${id}`)).status).toBe(204);
    const rows = await server.dataSource.query(
      'SELECT action, before, after FROM audit_entry WHERE subject_id = $1 ORDER BY at, id',
      [id],
    );
    expect(rows).toMatchObject([
      { action: 'webhook/created', after: { name: 'Desk' } },
      { action: 'webhook/changed', before: { name: 'Desk' }, after: { name: 'Other' } },
      { action: 'webhook/deleted', before: { name: 'Other' } },
    ]);
    expect(Object.keys(rows[1].after as object)).toEqual(['name']);
  });
});
