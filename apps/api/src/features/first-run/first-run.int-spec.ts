import { firstRunSchema, type FirstRun } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer, type Caller } from '../../testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());

async function firstRun(caller: Pick<Caller, 'call'> = server): Promise<FirstRun> {
  const { status, body } = await caller.call('GET', '/api/first-run');
  expect(status).toBe(200);
  return firstRunSchema.parse(body);
}

describe('the first run', () => {
  it('follows a deployment from nothing but a site to the first person who is let in', async () => {
    expect(await firstRun()).toEqual({
      ...{ dismissed: false, sites: 1, doors: 0, doorsHeard: 0, people: 0, enrolled: 0 },
      firstGrantedAt: null,
    });
    const { body: made } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
    await server.call('POST', '/api/people', { json: { name: 'Kim Minji' } });
    expect(await firstRun()).toMatchObject({ doors: 1, doorsHeard: 0, people: 1, enrolled: 0 });

    const agent = await TestAgent.connect(server.url, made.agentToken);
    await agent.hello();
    const denied = makeEvent(1, { occurredAt: '2026-10-05T00:00:00.000Z' });
    await agent.push([denied]);
    expect(await firstRun()).toMatchObject({ doorsHeard: 1, firstGrantedAt: null });
    const granted = { outcome: 'granted', reason: 'matched', personId: newId(), similarity: 0.8 };
    await agent.push([makeEvent(2, { ...granted, occurredAt: '2026-10-05T01:00:00.000Z' })]);
    agent.close();
    expect(await firstRun()).toMatchObject({ firstGrantedAt: '2026-10-05T01:00:00.000Z' });
  });

  it('is put away and taken out again, with entries in the account', async () => {
    const put = (dismissed: unknown) => server.call('PUT', '/api/first-run', { json: { dismissed } });
    expect(await put(true)).toMatchObject({ status: 200, body: { dismissed: true } });
    expect((await firstRun()).dismissed).toBe(true);
    expect(await put(false)).toMatchObject({ body: { dismissed: false } });
    expect(await put('yes')).toMatchObject({ status: 400 });
    const { body } = await server.call('GET', '/api/audit?action=settings/changed');
    expect(body.items).toMatchObject([
      { details: { area: 'first-run' }, after: { dismissed: false } },
      { details: { area: 'first-run' }, after: { dismissed: true } },
    ]);
  });

  it('is nothing for who has a site alone, and put away by nobody who only reads', async () => {
    const { body: sites } = await server.call('GET', '/api/sites');
    const manager = await server.having(['settings:read', 'settings:write'], sites.items[0].id);
    expect((await manager.call('GET', '/api/first-run')).status).toBe(403);
    const put = { json: { dismissed: true } };
    expect((await manager.call('PUT', '/api/first-run', put)).status).toBe(403);
    const reader = await server.having(['settings:read']);
    expect((await reader.call('PUT', '/api/first-run', put)).status).toBe(403);
    expect((await server.callAnonymously('GET', '/api/first-run')).status).toBe(401);
  });
});
