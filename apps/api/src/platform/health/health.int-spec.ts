import { healthSchema } from '@munjigi/contracts';
import { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';
import { newId } from '../database/uuid';
import { HealthChecks } from './health-checks';

let server: TestServer;
beforeEach(async () => {
  server = await (await TestServer.start()).signIn();
});
afterEach(() => server.close());

const all = async () => healthSchema.parse((await server.call('GET', '/api/health')).body);

describe('health', () => {
  it('names every part to those who may see it, and only the vital ones to others', async () => {
    const { checks } = await all();
    expect(Object.keys(checks).sort()).toEqual(
      ['account', 'agents', 'database', 'disk', 'events', 'jobs', 'migrations', 'models'].sort(),
    );
    expect(checks).toMatchObject({ database: { status: 'up' }, account: { status: 'up' } });
    const ready = await server.callAnonymously('GET', '/api/health/ready');
    expect([ready.status, Object.keys(ready.body.checks)]).toEqual([200, ['database', 'migrations']]);
    expect(await server.callAnonymously('GET', '/api/health')).toMatchObject({ status: 401 });
    expect(await (await server.as('operator')).call('GET', '/api/health')).toMatchObject({ status: 403 });
  });

  it('is degraded, and 200, without models', async () => {
    expect(await all()).toMatchObject({ status: 'degraded', checks: { models: { status: 'degraded' } } });
    expect(await server.callAnonymously('GET', '/api/health/ready')).toMatchObject({
      status: 200,
      body: { status: 'degraded' },
    });
  });

  it('says which doors are offline, which jobs failed, and that the account was changed', async () => {
    const { body } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
    await server.dataSource.query('UPDATE door SET last_seen_at = now() WHERE id = $1', [body.door.id]);
    await server.dataSource.query(
      `INSERT INTO job (id, name, payload, state, made_by, created_at, due_at, finished_at, attempt, attempts_max,
         cancel_requested, progress_done)
       VALUES ($1, 'test/failed', '{}', 'failed', '{}', now(), now(), now(), 5, 5, false, 0)`,
      [newId()],
    );
    await server.dataSource.query(
      `INSERT INTO audit_check (id, position, hash, checked_at, fault) VALUES (1, 0, '', now(), $1)
       ON CONFLICT (id) DO UPDATE SET fault = excluded.fault`,
      [JSON.stringify({ position: 3, what: 'An entry is missing.', foundAt: new Date().toISOString() })],
    );
    await until('it to be noticed', async () => (await all()).checks.jobs?.status === 'degraded');
    expect((await all()).checks).toMatchObject({
      agents: { status: 'degraded', message: '1 of 1 doors are offline.' },
      jobs: { status: 'degraded', message: expect.stringContaining('1 failed') },
      account: { status: 'degraded', message: expect.stringContaining('An entry is missing') },
    });
  });
});

describe('HealthChecks', () => {
  it('is dead without a vital part, degraded without another, and waits for none for ever', async () => {
    const checks = new HealthChecks();
    checks.add('sound', () => Promise.resolve({ status: 'up' }), { isVital: true });
    checks.add('throws', () => Promise.reject(new Error('a secret of the inside')));
    expect(await checks.all()).toEqual({
      status: 'degraded',
      checks: { sound: { status: 'up' }, throws: { status: 'down', message: 'It could not be asked.' } },
    });
    const dead = new HealthChecks();
    dead.add('stuck', () => new Promise(() => undefined), { isVital: true });
    expect(await dead.summary()).toEqual({
      status: 'error',
      checks: { stuck: { status: 'down', message: 'It does not answer.' } },
    });
  });
});
