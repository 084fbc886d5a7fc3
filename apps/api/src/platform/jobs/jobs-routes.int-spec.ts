import { jobSchema } from '@munjigi/contracts';
import { TestServer } from '../../testing/test-server';
import { newId } from '../database/uuid';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());

async function jobOf(administratorId: string): Promise<string> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO job (id, name, payload, state, made_by, created_at, due_at, attempt, attempts_max,
       cancel_requested, progress_done, progress_total)
     VALUES ($1, 'test/unknown', '{"secret": 1}', 'waiting', $2, now(), now(), 0, 5, false, 3, 9)`,
    [id, { actorKind: 'administrator', actorId: administratorId, actorName: '', address: null }],
  );
  return id;
}

describe('/api/jobs/{id}', () => {
  it('tells whoever asked for it how far it is, and nobody else', async () => {
    const [maker, other] = [await server.withoutRole(), await server.as('owner')];
    const id = await jobOf(maker.administratorId);
    const answer = await maker.call('GET', `/api/jobs/${id}`);
    expect(answer.status).toBe(200);
    expect(jobSchema.parse(answer.body)).toMatchObject({
      state: 'waiting',
      progress: { done: 3, total: 9, message: null },
    });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
    for (const [method, path] of [
      ['GET', `/api/jobs/${id}`],
      ['POST', `/api/jobs/${id}/cancel`],
    ] as const) {
      expect(await other.call(method, path)).toMatchObject({ status: 404, body: { code: 'jobs/not-found' } });
      expect(await server.callAnonymously(method, path)).toMatchObject({ status: 401 });
    }
    expect((await maker.call('GET', `/api/jobs/${id}`)).body.cancelRequested).toBe(false);
  });

  it('cancels, once, with an entry in the account', async () => {
    const maker = await server.withoutRole();
    const id = await jobOf(maker.administratorId);
    for (let time = 0; time < 2; time++) {
      const answer = await maker.call('POST', `/api/jobs/${id}/cancel`);
      expect(answer).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    }
    const entries = await server.dataSource.query(
      `SELECT actor_id, details FROM audit_entry WHERE action = 'job/cancelled' AND subject_id = $1`,
      [id],
    );
    expect(entries).toEqual([{ actor_id: maker.administratorId, details: { kind: 'test/unknown' } }]);
  });

  it('refuses what is no id, and knows none that was never made', async () => {
    expect(await server.call('GET', '/api/jobs/17')).toMatchObject({ status: 400 });
    expect(await server.call('GET', `/api/jobs/${newId()}`)).toMatchObject({ status: 404 });
  });
});
