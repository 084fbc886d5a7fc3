import { createHash } from 'node:crypto';
import { reportExportSchema } from '@munjigi/contracts';
import { parse } from 'csv-parse/sync';
import { makeDoor, makePerson } from '../../testing/access-walk/object-makers';
import { addManyVisits } from '../../testing/report-world';
import { TestServer, type Caller } from '../../testing/test-server';
import { until } from '../../testing/until';
import { ReportExportsRepository } from './report-exports.repository';

/** More than a chunk of a file. */
const ROWS = 15_000;
const EVENTS = {
  kind: 'events',
  parameters: { period: { kind: 'days', from: '2026-03-01', until: '2026-03-31' } },
};

let server: TestServer;
let siteId: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  siteId = await server.makeSite('서울');
  const { id: doorId = '' } = await makeDoor(server, siteId);
  const { id: personId = '' } = await makePerson(server, siteId);
  await addManyVisits(server, { doorId, personId, from: '2026-03-05T00:00:00Z', count: ROWS });
});
afterAll(() => server.close());

const start = async (caller: Pick<Caller, 'call'> = server, changes: object = {}) => {
  const json = { report: EVENTS, format: 'csv', reason: 'Yearly audit', ...changes };
  const answer = await caller.call('POST', '/api/reports/exports', { json });
  expect([answer.status, answer.body.detail]).toEqual([202, undefined]);
  return reportExportSchema.parse(answer.body);
};

/** Waits until a job is over. */
async function over(jobId: string, caller: Pick<Caller, 'call'> = server) {
  let job: { state: string; progress: { done: number } } | undefined;
  await until('the job to be over', async () => {
    job = (await caller.call('GET', `/api/jobs/${jobId}`)).body;
    return job?.state === 'done' || job?.state === 'failed';
  });
  return job;
}

describe('a report in the background', () => {
  it('is made, and can be taken as often as it is kept', async () => {
    const { id, jobId, file } = await start();
    expect(file).toBeNull();
    expect(await over(jobId)).toMatchObject({
      state: 'done',
      progress: { done: ROWS },
      result: { rows: ROWS },
    });
    const { body: made } = await server.call('GET', `/api/reports/exports/${id}`);
    const taken = await server.call('GET', `/api/reports/exports/${id}/file`);
    expect([taken.status, taken.headers.get('content-length')]).toEqual([200, String(made.file.bytes)]);
    const sha256 = createHash('sha256').update(taken.body).digest('hex');
    expect(made.file).toMatchObject({ rows: ROWS, bytes: taken.body.length, sha256 });
    expect(taken.body.length).toBeGreaterThan(1024 * 1024);
    const rows = parse(taken.body, { bom: true });
    expect(rows.filter(([first]: string[]) => !first?.startsWith('# '))).toHaveLength(ROWS + 1);
    const { body: account } = await server.call('GET', `/api/audit?subjectId=${id}`);
    expect(account.items.map(({ action }: { action: string }) => action)).toEqual([
      'report/downloaded',
      'report/exported',
      'report/export-begun',
    ]);
    expect(account.items[2]).toMatchObject({ reason: 'Yearly audit', actor: { name: 'admin@example.com' } });
    const { body: list } = await server.call('GET', '/api/reports/exports');
    expect(list.items[0]).toEqual(made);
  });

  it('has what its asker might see when they asked, and is kept from them once they may not', async () => {
    const other = await server.makeSite('부산');
    const manager = await server.as('site-manager', other);
    const { id, jobId } = await start(manager);
    expect(await over(jobId, manager)).toMatchObject({ state: 'done', result: { rows: 0 } });
    expect(await manager.call('GET', `/api/reports/exports/${id}/file`)).toMatchObject({ status: 200 });
    await server.dataSource.query('UPDATE role_grant SET site_id = $2 WHERE administrator_id = $1', [
      manager.administratorId,
      siteId,
    ]);
    expect(await manager.call('GET', `/api/reports/exports/${id}/file`)).toMatchObject({ status: 403 });
    const elsewhere = {
      report: { kind: 'events', parameters: { siteId: other } },
      format: 'csv',
      reason: 'Why not',
    };
    expect(await manager.call('POST', '/api/reports/exports', { json: elsewhere })).toMatchObject({
      status: 403,
    });
  });

  it('is nobody else’s, and is gone when it is deleted or old', async () => {
    const { id, jobId } = await start();
    await over(jobId);
    const stranger = await server.as('owner');
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/file'],
      ['DELETE', ''],
    ] as const) {
      const answer = await stranger.call(method, `/api/reports/exports/${id}${path}`);
      expect(answer).toMatchObject({ status: 404, body: { code: 'reports/no-such-export' } });
    }
    expect((await stranger.call('GET', '/api/reports/exports')).body.items).toEqual([]);
    expect(await server.call('DELETE', `/api/reports/exports/${id}`)).toMatchObject({ status: 204 });
    expect(await server.call('GET', `/api/reports/exports/${id}`)).toMatchObject({ status: 404 });

    const old = await start();
    await over(old.jobId);
    await server.dataSource.query('UPDATE report_export SET kept_until = now() WHERE id = $1', [old.id]);
    await server.running.app.get(ReportExportsRepository).forgetOld();
    expect(await server.call('GET', `/api/reports/exports/${old.id}`)).toMatchObject({ status: 404 });
    expect(
      await server.dataSource.query('SELECT 1 FROM report_file_chunk WHERE export_id = ANY($1)', [
        [id, old.id],
      ]),
    ).toEqual([]);
  });

  it('that has no file yet says so', async () => {
    const { id } = await start();
    await server.dataSource.query(
      'UPDATE report_export SET file_name = NULL, size_bytes = NULL, sha256 = NULL, row_count = NULL WHERE id = $1',
      [id],
    );
    const answer = await server.call('GET', `/api/reports/exports/${id}/file`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'reports/not-made-yet' } });
  });

  it('as PDF of too many rows fails at once, and its job says why', async () => {
    const [{ id: doorId }] = await server.dataSource.query('SELECT id FROM door LIMIT 1');
    const [{ id: personId }] = await server.dataSource.query('SELECT id FROM person LIMIT 1');
    await addManyVisits(server, { doorId, personId, from: '2026-03-10T00:00:00Z', count: 5_001 });
    const { jobId } = await start(server, { format: 'pdf' });
    expect(await over(jobId)).toMatchObject({ state: 'failed', error: { code: 'reports/too-many-rows' } });
  });

  it('is refused to who may not take reports out', async () => {
    const reader = await server.having(['reports:read', 'events:read']);
    const json = { report: EVENTS, format: 'csv', reason: 'Curious' };
    expect(await reader.call('POST', '/api/reports/exports', { json })).toMatchObject({ status: 403 });
    expect(await server.callAnonymously('POST', '/api/reports/exports', { json })).toMatchObject({
      status: 401,
    });
    expect(
      await server.call('POST', '/api/reports/exports', { json: { ...json, reason: '' } }),
    ).toMatchObject({
      status: 400,
    });
  });
});
