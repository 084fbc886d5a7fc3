import { doorWithTokenSchema } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestAgent } from '../../testing/test-agent';
import { TestServer, type Caller } from '../../testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());

const create = async (json: object) =>
  doorWithTokenSchema.parse((await server.call('POST', '/api/doors', { json })).body);

describe('doors', () => {
  it('are added at the default site, with defaults and a token that is shown once', async () => {
    const { door, agentToken } = await create({ name: 'Front', settings: { unlockMs: 3000 } });
    expect(door).toMatchObject({
      name: 'Front',
      site: { name: 'Main site' },
      online: false,
      lock: 'unknown',
      lastSeenAt: null,
      settings: { unlockMs: 3000, framesToDecide: 3, similarityMin: null },
    });
    const read = await server.call('GET', `/api/doors/${door.id}`);
    expect(read.body).toEqual(door);
    expect(JSON.stringify((await server.call('GET', '/api/doors')).body)).not.toContain(agentToken);
    const stored = await server.dataSource.query('SELECT door::text FROM door');
    expect(JSON.stringify(stored)).not.toContain(agentToken);
  });

  it('are listed in the order in which they were made', async () => {
    const names = ['Zulu', 'Alpha'];
    for (const name of names) await create({ name });
    const { items } = (await server.call('GET', '/api/doors')).body;
    expect(items.map((door: { name: string }) => door.name).slice(-2)).toEqual(names);
  });

  it('keep the settings that a change does not name', async () => {
    const { door } = await create({ name: 'Side', settings: { unlockMs: 3000 } });
    const path = `/api/doors/${door.id}`;
    const first = await server.call('PATCH', path, { json: { settings: { similarityMin: 0.6 } } });
    expect(first.body.settings).toMatchObject({ unlockMs: 3000, similarityMin: 0.6 });
    const second = await server.call('PATCH', path, {
      json: { name: 'Side gate', settings: { similarityMin: null } },
    });
    expect(second.body).toMatchObject({
      name: 'Side gate',
      settings: { unlockMs: 3000, similarityMin: null },
    });
    expect((await server.call('GET', path)).body).toEqual(second.body);
  });

  it('lose no change of two administrators at once', async () => {
    const { door } = await create({ name: 'Contested' });
    const path = `/api/doors/${door.id}`;
    await Promise.all([
      server.call('PATCH', path, { json: { settings: { unlockMs: 1234 } } }),
      server.call('PATCH', path, { json: { settings: { framesToDecide: 7 } } }),
    ]);
    expect((await server.call('GET', path)).body.settings).toMatchObject({
      unlockMs: 1234,
      framesToDecide: 7,
    });
  });

  it('made and changed, more at once than there are connections to the database, wait for one another', async () => {
    const names = Array.from({ length: 15 }, (_, index) => `Rush ${index}`);
    const made = await Promise.all(names.map((name) => create({ name })));
    const paths = made.map(({ door }) => `/api/doors/${door.id}`);
    const changes = paths.map((path) =>
      server.call('PATCH', path, { json: { settings: { unlockMs: 999 } } }),
    );
    const statuses = (await Promise.all(changes)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('get another token, which ends the old one and its connection', async () => {
    const { door, agentToken } = await create({ name: 'Re-keyed' });
    const agent = await TestAgent.connect(server.url, agentToken);
    await agent.hello();
    const gone = new Promise((resolve) => agent.socket.once('disconnect', resolve));
    const answer = await server.call('POST', `/api/doors/${door.id}/agent-token`);
    expect(answer.status).toBe(201);
    const { agentToken: fresh } = doorWithTokenSchema.parse(answer.body);
    await gone;
    await expect(TestAgent.connect(server.url, agentToken)).rejects.toThrow('agent/unauthenticated');
    const again = await TestAgent.connect(server.url, fresh);
    expect(await again.hello()).toMatchObject({ ok: true, doorId: door.id });
    again.close();
  });

  it.each([
    { name: '' },
    { name: 'x'.repeat(121) },
    { name: 'Door', settings: { unlockMs: 1 } },
    { name: 'Door', settings: { similarityMin: 2 } },
  ])('are not added as %j', async (json) => {
    expect(await server.call('POST', '/api/doors', { json })).toMatchObject({
      status: 400,
      body: { code: 'request/invalid' },
    });
  });

  it('that do not exist are not found', async () => {
    const id = newId();
    for (const [method, path, json] of [
      ['GET', `/api/doors/${id}`, undefined],
      ['PATCH', `/api/doors/${id}`, { name: 'x' }],
      ['POST', `/api/doors/${id}/agent-token`, undefined],
      ['POST', `/api/doors/${id}/enrolments`, { trackId: newId(), name: 'x' }],
    ] as const) {
      expect(await server.call(method, path, { json })).toMatchObject({
        status: 404,
        body: { code: 'doors/not-found' },
      });
    }
  });
});

describe('doors of a site', () => {
  const otherSite = newId();
  let here: Caller;
  let elsewhere: Caller;
  let doorId: string;

  beforeAll(async () => {
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Busan', now())`, [
      otherSite,
    ]);
    const { door } = await create({ name: 'Guarded' });
    doorId = door.id;
    here = await server.as('site-manager', door.site.id);
    elsewhere = await server.as('site-manager', otherSite);
  });

  it('are seen and changed by those who manage it', async () => {
    expect((await here.call('GET', '/api/doors')).body.items).not.toHaveLength(0);
    expect(await here.call('GET', `/api/doors/${doorId}`)).toMatchObject({ status: 200 });
    const json = { settings: { unlockMs: 4000 } };
    expect(await here.call('PATCH', `/api/doors/${doorId}`, { json })).toMatchObject({ status: 200 });
  });

  it('are neither seen nor changed by those who manage another', async () => {
    expect((await elsewhere.call('GET', '/api/doors')).body.items).toEqual([]);
    const requests: [string, string, object?][] = [
      ['GET', ''],
      ['GET', '/risk'],
      ['PATCH', '', { name: 'Taken over' }],
      ['POST', '/agent-token'],
      ['POST', '/enrolments', { trackId: newId(), name: 'Somebody' }],
    ];
    for (const [method, path, json] of requests) {
      const answer = await elsewhere.call(method, `/api/doors/${doorId}${path}`, { json });
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 403, 'auth/forbidden']);
    }
  });

  it('are changed by nobody whose role only reads', async () => {
    const auditor = await server.as('auditor');
    expect(await auditor.call('GET', `/api/doors/${doorId}`)).toMatchObject({ status: 200 });
    const answer = await auditor.call('PATCH', `/api/doors/${doorId}`, { json: { name: 'Changed' } });
    expect(answer).toMatchObject({ status: 403, body: { code: 'auth/forbidden' } });
  });

  it('say in the account who changed what, from where, at which site', async () => {
    const [row] = await server.dataSource.query(
      `SELECT actor_kind, actor_id, address, site_id, before, after FROM audit_entry
       WHERE action = 'door/changed' AND subject_id = $1 ORDER BY id DESC LIMIT 1`,
      [doorId],
    );
    expect(row).toMatchObject({
      actor_kind: 'administrator',
      actor_id: here.administratorId,
      address: expect.stringContaining('127.0.0.1'),
      before: { name: 'Guarded' },
      after: { settings: { unlockMs: 4000 } },
    });
    expect(row.site_id).not.toBeNull();
  });
});
