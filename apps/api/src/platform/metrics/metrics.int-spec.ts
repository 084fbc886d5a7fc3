import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';
import { newId } from '../database/uuid';

let server: TestServer;
let agent: TestAgent;
let doorId: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
  doorId = body.door.id;
  agent = await TestAgent.connect(server.url, body.agentToken);
  await agent.hello();
});
afterAll(async () => {
  agent.close();
  await server.close();
});

async function metrics(): Promise<string> {
  const answer = await server.call('GET', '/api/metrics');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/plain'),
  ]);
  return String(answer.body);
}

/** The value of a line such as `name{a="b"} 3`, its labels in any order. */
async function valueOf(name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
  const lines = (await metrics()).split('\n').filter((line) => line.startsWith(name));
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const found = lines.find((line) => wanted.every((part) => line.includes(part)));
  return found === undefined ? undefined : Number(found.split(' ').at(-1));
}

describe('GET /api/metrics', () => {
  it('counts requests by route and status, never by id', async () => {
    const name = 'munjigi_http_request_duration_seconds_count';
    for (let count = 0; count < 3; count++) await server.call('GET', `/api/people/${newId()}`);
    await server.call('GET', '/api/nowhere');
    await until(
      'the requests to be counted',
      async () =>
        (await valueOf(name, { route: '/api/people/:id', status: '404', method: 'GET' })) === 3 &&
        (await valueOf(name, { route: 'none', status: '404' })) === 1,
    );
    const ids = (await metrics()).match(/[0-9a-f]{8}-[0-9a-f]{4}-7/g);
    expect(ids).toBeNull();
  });

  it('counts the events that were stored', async () => {
    const before = (await valueOf('munjigi_events_stored_total', { kind: 'access' })) ?? 0;
    await agent.push([makeEvent(1), makeEvent(2)]);
    await agent.push([makeEvent(1), makeEvent(2)]);
    expect(await valueOf('munjigi_events_stored_total', { kind: 'access' })).toBe(before + 2);
  });

  it('tells of agents, doors, sockets and how far the slowest is behind', async () => {
    expect(await valueOf('munjigi_agents_connected')).toBe(1);
    expect(await valueOf('munjigi_sockets', { namespace: '/agent' })).toBe(1);
    expect(await valueOf('munjigi_sockets', { namespace: '/live' })).toBe(0);
    expect(await valueOf('munjigi_doors', { state: 'online' })).toBe(1);
    await agent.pullAll();
    const [{ revision }] = await server.dataSource.query('SELECT revision::int FROM change_head');
    expect(await valueOf('munjigi_feed_head_revision')).toBe(revision);
    const applied = (await valueOf('munjigi_agents_applied_revision_min')) ?? -1;
    expect(applied).toBeLessThanOrEqual(revision);
    // The door, and the rules that name it.
    await server.call('PATCH', `/api/doors/${doorId}`, { json: { name: 'Renamed' } });
    expect(await valueOf('munjigi_feed_head_revision')).toBe(revision + 2);
    expect(await valueOf('munjigi_agents_applied_revision_min')).toBe(applied);
  });

  it('tells of the database’s pool, jobs, the account and the process', async () => {
    await server.dataSource.query(
      `INSERT INTO job (id, name, payload, state, made_by, created_at, due_at, attempt, attempts_max,
         cancel_requested, progress_done)
       VALUES ($1, 'test/unknown', '{}', 'waiting', '{}', now(), now(), 0, 5, false, 0)`,
      [newId()],
    );
    expect(await valueOf('munjigi_jobs', { kind: 'test/unknown', state: 'waiting' })).toBe(1);
    expect(await valueOf('munjigi_database_connections', { state: 'waited-for' })).toBe(0);
    expect(await valueOf('munjigi_audit_entries')).toBeGreaterThan(0);
    expect(await valueOf('munjigi_audit_fault')).toBe(0);
    expect(await valueOf('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(await valueOf('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  });

  it('is read by a program with a token, and by nobody else', async () => {
    expect(await server.callAnonymously('GET', '/api/metrics')).toMatchObject({ status: 401 });
    const siteId = await server.makeSite();
    for (const caller of [await server.as('operator'), await server.having(['system:read'], siteId)]) {
      expect(await caller.call('GET', '/api/metrics')).toMatchObject({ status: 403 });
    }
    const caller = await server.having(['system:read']);
    expect(await caller.call('GET', '/api/metrics')).toMatchObject({ status: 200 });
  });
});
