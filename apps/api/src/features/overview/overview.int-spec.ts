import { overviewSchema, type Overview } from '@munjigi/contracts';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer, type Caller } from '../../testing/test-server';
import { newId } from '../../platform/database/uuid';

const DAY_MS = 86_400_000;

let server: TestServer;
let siteId: string;
let door: { id: string; token: string };
let sequence = 0;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  [{ id: siteId }] = await server.dataSource.query('SELECT id FROM site');
  // Just after noon there, so that no test depends on when it runs.
  await server.dataSource.query('UPDATE site SET time_zone = $1', [zoneAtNoon()]);
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
  door = { id: body.door.id, token: body.agentToken };
});
afterAll(() => server.close());

/** A zone without summer time in which it is between noon and one now. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  return `Etc/GMT${ahead >= 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

async function store(events: object[]): Promise<void> {
  const agent = await TestAgent.connect(server.url, door.token);
  await agent.hello();
  expect(await agent.push(events.map((event) => makeEvent(++sequence, event)))).toMatchObject({ ok: true });
  agent.close();
}

async function overview(caller: Pick<Caller, 'call'> = server): Promise<Overview> {
  const answer = await caller.call('GET', '/api/overview');
  expect(answer.status).toBe(200);
  return overviewSchema.parse(answer.body);
}

describe('the overview', () => {
  it('counts today by the site’s clock, against the median of the same weekday', async () => {
    const personId = newId();
    const granted = { outcome: 'granted', reason: 'matched', personId, similarity: 0.8 };
    const at = (daysAgo: number, hoursAgo: number) => ({
      occurredAt: new Date(Date.now() - daysAgo * DAY_MS - hoursAgo * 3_600_000).toISOString(),
    });
    await store([
      ...[1, 2, 3].map((hours) => ({ ...granted, ...at(0, hours) })),
      at(0, 1),
      { ...granted, ...at(1, 1) },
      ...[2, 4].map((hours) => ({ ...granted, ...at(7, hours) })),
      ...[2, 3, 4, 5].map((hours) => ({ ...granted, ...at(14, hours) })),
      // The evening of that day is not yet over today.
      { ...granted, ...at(14, -8) },
    ]);
    const { today } = await overview();
    expect(today).toMatchObject({
      entries: { count: 3, usual: 3 },
      denied: { count: 1, usual: 0 },
      daysCompared: 2,
    });
    expect(today?.hours.map(({ entries }) => entries).filter(Boolean)).toEqual([1, 1, 1]);
    expect(today?.hours[11]).toMatchObject({ entries: 1, denied: 1 });
    expect(today?.hours[8]?.usualEntries).toBe(1);
  });

  it('counts open alarms and names the doors that lag, while they are connected', async () => {
    const raise = (key: string, state: string, severity: string) =>
      server.dataSource.query(
        `INSERT INTO alarm (id, key, kind, severity, state, site_id, raised_at, last_at, count, details)
         VALUES ($1, $2, 'door-forced', $4, $3, $5, now(), now(), 1, '{}')`,
        [newId(), key, state, severity, siteId],
      );
    await raise('one', 'raised', 'critical');
    await raise('two', 'acknowledged', 'high');
    await raise('three', 'resolved', 'high');
    expect(await overview()).toMatchObject({
      alarms: { raised: 1, acknowledged: 1, critical: 1 },
      behind: [],
    });
    const agent = await TestAgent.connect(server.url, door.token);
    await agent.hello();
    const { behind } = await overview();
    // The door itself, the rules and the transform of new templates.
    expect(behind).toEqual([{ doorId: door.id, changes: 3 }]);
    const changes = await agent.pullAll();
    const head = Math.max(...changes.map(({ revision }) => revision));
    expect(await agent.pull(head)).toMatchObject({ ok: true });
    expect((await overview()).behind).toEqual([]);
    agent.close();
  });

  it('says how many are inside once a site has areas', async () => {
    expect((await overview()).inside).toBeNull();
    const { status } = await server.call('POST', '/api/areas', {
      json: { name: 'Lab', siteId, occupancyMax: null, antiPassback: { mode: 'off', forgetAfterMs: null } },
    });
    expect(status).toBe(201);
    expect((await overview()).inside).toEqual({ people: 0, areas: 1 });
  });

  it('leaves out what somebody may not see, and the sites where they may not', async () => {
    expect(await overview(await server.having(['doors:read']))).toMatchObject({
      ...{ alarms: null, today: null, inside: null },
    });
    const elsewhere = await server.makeSite();
    expect(await overview(await server.as('operator', elsewhere))).toMatchObject({
      alarms: { raised: 0 },
      today: { entries: { count: 0, usual: null } },
      ...{ inside: null, behind: [] },
    });
    expect((await server.callAnonymously('GET', '/api/overview')).status).toBe(401);
    expect((await (await server.having(['people:read'])).call('GET', '/api/overview')).status).toBe(403);
  });
});
