import {
  alarmsPageSchema,
  doorEventsPageSchema,
  liveAlarmSchema,
  liveDoorEventSchema,
  type Alarm,
} from '@munjigi/contracts';
import { io } from 'socket.io-client';
import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer, type Caller } from '../../testing/test-server';
import { until } from '../../testing/until';
import { EventUpkeep } from '../events/event-upkeep';

let server: TestServer;
let siteId: string;
let farSiteId: string;
let door: { id: string; token: string };
let agent: TestAgent;
let sequence: number;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  [{ id: siteId }] = await server.dataSource.query('SELECT id FROM site');
  farSiteId = newId();
  await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Far', now())`, [
    farSiteId,
  ]);
});
afterAll(() => server.close());
beforeEach(async () => {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Guarded' } });
  door = { id: body.door.id, token: body.agentToken };
  agent = await TestAgent.connect(server.url, door.token);
  await agent.hello();
  sequence = 0;
});
afterEach(() => agent.close());

function happening(kind: string, details: object = {}, changes: object = {}) {
  return {
    id: newId(),
    sequence: ++sequence,
    kind,
    occurredAt: new Date().toISOString(),
    monotonicMs: sequence,
    clockOffsetMs: null,
    details,
    ...changes,
  };
}

async function alarms(query = '', by?: Caller): Promise<Alarm[]> {
  const answer = await (by ?? server).call('GET', `/api/alarms?doorId=${door.id}${query}`);
  expect(answer.status).toBe(200);
  return alarmsPageSchema.parse(answer.body).items;
}

async function force(): Promise<Alarm> {
  expect(await agent.push([happening('door-forced')])).toMatchObject({ ok: true });
  const [alarm] = await alarms('&state=raised&kind=door-forced');
  if (!alarm) throw new Error('no alarm was raised');
  return alarm;
}

describe('door events', () => {
  it('are stored once, beside visits of the same outbox, and listed', async () => {
    const events = [
      happening('rex'),
      makeEvent(++sequence),
      happening('door-held-open', { openMs: 31_000 }),
      happening('override', { state: 'unlocked', until: null }),
      happening('clock-stepped', { byMs: -3_600_000 }, { occurredAt: '1970-01-01T00:00:01.000Z' }),
    ];
    expect(await agent.push(events)).toEqual({ ok: true, acknowledgedSequence: 5 });
    expect(await agent.push(events)).toEqual({ ok: true, acknowledgedSequence: 5 });
    const { body } = await server.call('GET', `/api/door-events?doorId=${door.id}`);
    const { items } = doorEventsPageSchema.parse(body);
    expect(items.filter(({ origin }) => origin === 'door').map(({ kind }) => kind)).toEqual([
      'override',
      'door-held-open',
      'rex',
      'clock-stepped',
    ]);
    expect(items[1]).toMatchObject({ siteId, details: { openMs: 31_000 }, door: { name: 'Guarded' } });
    const one = await server.call('GET', `/api/door-events?doorId=${door.id}&kind=rex&limit=1`);
    expect(one.body).toMatchObject({ items: [{ kind: 'rex' }], nextCursor: null });
  });

  it.each([
    ['of an unknown kind', 'earthquake', {}],
    ['with another kind’s details', 'door-held-open', { fault: 'x' }],
  ])('%s are set aside', async (_, kind, details) => {
    const event = happening(kind, details);
    expect(await agent.push([event])).toMatchObject({ ok: true });
    const { body } = await server.call('GET', `/api/events/dead-letters?doorId=${door.id}&limit=1`);
    expect(JSON.parse(body.items[0].event)).toMatchObject({ id: event.id, kind });
  });

  it('are announced as kinds that the server takes', async () => {
    const hello = await agent.hello();
    expect(hello).toMatchObject({ eventKinds: expect.arrayContaining(['access', 'door-forced', 'rex']) });
  });

  it('are not listed for a foreign site or a filter that is none', async () => {
    const elsewhere = await server.as('auditor', farSiteId);
    const { body } = await elsewhere.call('GET', '/api/door-events');
    expect(body.items).toEqual([]);
    expect((await server.call('GET', '/api/door-events?kind=earthquake')).status).toBe(400);
  });

  it('are written by the server when an agent comes, goes, cannot see, and runs out of disk', async () => {
    agent.socket.emit('door.state', { v: 1, lock: 'locked', cameraFault: 'covered' });
    await until('the fault to be noted', async () => (await alarms('&kind=camera-fault')).length === 1);
    agent.socket.emit('door.state', { v: 1, lock: 'unlocked', cameraFault: 'covered' });
    agent.socket.emit('door.state', { v: 1, lock: 'locked', cameraFault: null });
    await until('the fault to be over', async () => (await alarms('&state=resolved')).length === 1);
    const disk = { level: 'low', freeBytes: 300_000_000 };
    for (const level of ['low', 'low', 'ok'])
      agent.socket.emit('door.state', { v: 1, lock: 'locked', cameraFault: null, disk: { ...disk, level } });
    await until('the disk to be noted', async () => (await alarms('&state=resolved')).length === 2);
    expect(await alarms('&kind=disk-low')).toMatchObject([{ count: 1, details: disk }]);
    agent.close();
    const kinds = async () => {
      const { body } = await server.call('GET', `/api/door-events?doorId=${door.id}`);
      return doorEventsPageSchema.parse(body).items.map((event) => `${event.origin} ${event.kind}`);
    };
    await until('the leave to be noted', async () => (await kinds()).length === 6);
    expect(await kinds()).toEqual([
      'server agent-offline',
      'server disk-restored',
      'server disk-low',
      'server camera-restored',
      'server camera-fault',
      'server agent-online',
    ]);
  });
});

describe('alarms', () => {
  it('are raised by an event, counted while open, and end by themselves', async () => {
    const alarm = await force();
    expect(alarm).toMatchObject({
      severity: 'critical',
      count: 1,
      door: { id: door.id },
      site: { id: siteId },
    });
    await agent.push([happening('door-forced')]);
    expect(await alarms()).toMatchObject([{ id: alarm.id, count: 2, state: 'raised' }]);
    await agent.push([happening('door-closed')]);
    expect(await alarms()).toMatchObject([
      { id: alarm.id, state: 'resolved', resolved: { by: null, note: null } },
    ]);
    expect((await force()).id).not.toBe(alarm.id);
    expect(await alarms()).toHaveLength(2);
  });

  it('that begin and end in one batch are there, resolved', async () => {
    await agent.push([happening('door-held-open', { openMs: 1 }), happening('door-closed')]);
    expect(await alarms()).toMatchObject([{ kind: 'door-held-open', state: 'resolved' }]);
  });

  it('are acknowledged and resolved by people, once each, and accounted for', async () => {
    const { id } = await force();
    const operator = await server.as('operator', siteId);
    const acknowledged = await operator.call('POST', `/api/alarms/${id}/acknowledge`, {
      json: { note: 'On my way.' },
    });
    expect(acknowledged.status).toBe(200);
    expect(acknowledged.body).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: `${operator.administratorId}@example.com`, note: 'On my way.' },
    });
    const again = await operator.call('POST', `/api/alarms/${id}/acknowledge`, { json: {} });
    expect(again).toMatchObject({ status: 409, body: { code: 'alarms/not-raised' } });
    const resolved = await server.call('POST', `/api/alarms/${id}/resolve`, { json: {} });
    expect(resolved.body).toMatchObject({ state: 'resolved', resolved: { note: null } });
    const over = await server.call('POST', `/api/alarms/${id}/resolve`, { json: {} });
    expect(over).toMatchObject({ status: 409, body: { code: 'alarms/resolved' } });
    const entries = await server.dataSource.query(
      'SELECT action, site_id, before, after FROM audit_entry WHERE subject_id = $1 ORDER BY at, id',
      [id],
    );
    expect(entries).toMatchObject([
      { action: 'alarm/acknowledged', site_id: siteId, before: { state: 'raised' } },
      { action: 'alarm/resolved', before: { state: 'acknowledged' }, after: { state: 'resolved' } },
    ]);
  });

  it('acknowledged by two at once are acknowledged by one', async () => {
    const { id } = await force();
    const answers = await Promise.all(
      [1, 2, 3].map(() => server.call('POST', `/api/alarms/${id}/acknowledge`, { json: {} })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('are for those of their site alone', async () => {
    const { id } = await force();
    const elsewhere = await server.as('operator', farSiteId);
    expect(await alarms('', elsewhere)).toEqual([]);
    const auditor = await server.as('auditor', siteId);
    expect(await alarms('&state=open', auditor)).toHaveLength(1);
    for (const [by, method, path] of [
      [elsewhere, 'GET', `/api/alarms/${id}`],
      [elsewhere, 'POST', `/api/alarms/${id}/acknowledge`],
      [auditor, 'POST', `/api/alarms/${id}/resolve`],
    ] as const) {
      const answer = await by.call(method, path, method === 'POST' ? { json: {} } : {});
      expect([answer.status, answer.body.code]).toEqual([403, 'auth/forbidden']);
    }
  });

  it.each([
    ['GET', `/api/alarms/${newId()}`, 404],
    ['POST', `/api/alarms/${newId()}/acknowledge`, 404],
    ['GET', '/api/alarms/x', 400],
    ['GET', '/api/alarms?state=gone', 400],
    ['GET', '/api/alarms?cursor=x', 400],
  ])('%s %s answers %d', async (method, path, status) => {
    const answer = await server.call(method, path, method === 'POST' ? { json: {} } : {});
    expect(answer.status).toBe(status);
  });

  it('come in pages without loss or repetition', async () => {
    for (let round = 0; round < 3; round++) {
      await agent.push([happening('door-forced'), happening('tamper', { source: 'case' })]);
      await agent.push([happening('door-closed'), happening('tamper-ended')]);
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/api/alarms?doorId=${door.id}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { body } = await server.call('GET', path);
      seen.push(...body.items.map((alarm: Alarm) => alarm.id));
      cursor = body.nextCursor;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  it('follow from several denials at a door within minutes, and not from old ones', async () => {
    const denied = (at = new Date()) => makeEvent(++sequence, { occurredAt: at.toISOString() });
    const old = new Date(Date.now() - 3_600_000);
    await agent.push([denied(old), denied(old), denied(old), denied(old), denied(old), denied()]);
    expect(await alarms()).toEqual([]);
    await agent.push([denied(), denied(), denied(), denied()]);
    await agent.push([denied()]);
    expect(await alarms()).toMatchObject([
      { kind: 'denied-repeatedly', count: 1, details: { denials: 5 }, state: 'raised' },
    ]);
  });

  it('follow from an agent that is away for long, and end when it is back', async () => {
    const upkeep = server.running.app.get(EventUpkeep);
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    await upkeep.run(inMinutes(30));
    expect(await alarms('&kind=agent-offline')).toEqual([]);
    agent.close();
    await until('the leave to be noted', async () => {
      const { body } = await server.call('GET', `/api/door-events?doorId=${door.id}&kind=agent-offline`);
      return body.items.length === 1;
    });
    await upkeep.run(inMinutes(4));
    expect(await alarms('&kind=agent-offline')).toEqual([]);
    await upkeep.run(inMinutes(6));
    await upkeep.run(inMinutes(7));
    expect(await alarms('&kind=agent-offline')).toMatchObject([{ state: 'raised', count: 1 }]);
    agent = await TestAgent.connect(server.url, door.token);
    await agent.hello();
    expect(await alarms('&kind=agent-offline')).toMatchObject([{ state: 'resolved' }]);
  });

  it('and the going are noted of a door whose server process died', async () => {
    await server.dataSource.query('UPDATE door SET node_id = NULL WHERE id = $1', [door.id]);
    const upkeep = server.running.app.get(EventUpkeep);
    await upkeep.run(new Date(Date.now() + 6 * 60_000));
    await upkeep.run(new Date(Date.now() + 6 * 60_000));
    const { body } = await server.call('GET', `/api/door-events?doorId=${door.id}&kind=agent-offline`);
    expect(body.items).toMatchObject([{ origin: 'server', details: { cause: 'lost' } }]);
    expect(await alarms('&kind=agent-offline')).toMatchObject([{ count: 1 }]);
  });
});

describe('the live feed', () => {
  async function watch(cookie: string): Promise<{ messages: [string, unknown][]; close: () => void }> {
    const socket = io(`${server.url}/live`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie, origin: server.url },
    });
    const messages: [string, unknown][] = [];
    socket.onAny((name: string, message: unknown) => messages.push([name, message]));
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    return { messages, close: () => socket.disconnect() };
  }

  it('tells of door events and alarms, to those of the site alone', async () => {
    const [own, foreign] = [await server.as('operator', siteId), await server.as('operator', farSiteId)];
    const [seen, unseen] = [await watch(own.cookie), await watch(foreign.cookie)];
    const { id } = await force();
    await own.call('POST', `/api/alarms/${id}/acknowledge`, { json: {} });
    const named = (name: string) =>
      seen.messages.flatMap(([each, message]) => (each === name ? [message] : []));
    await until('both changes of the alarm', () => named('alarm').length === 2);
    await until('the event', () => named('door-event').length === 1);
    expect(named('alarm').map((message) => liveAlarmSchema.parse(message).alarm.state)).toEqual([
      'raised',
      'acknowledged',
    ]);
    expect(liveDoorEventSchema.parse(named('door-event')[0]).event.kind).toBe('door-forced');
    expect(unseen.messages).toEqual([]);
    seen.close();
    unseen.close();
  });
});
