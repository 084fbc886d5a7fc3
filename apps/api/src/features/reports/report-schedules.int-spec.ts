import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ReportDelivery } from '@munjigi/contracts';
import { SMTPServer } from 'smtp-server';
import { TestServer, type Caller } from '../../testing/test-server';
import { until } from '../../testing/until';
import { ScheduleRuns } from './schedule-runs';

const REPORT = { kind: 'no-credentials', parameters: {} };
const TIMING = { every: 'day', at: '07:00' };

/** What came to the mail server, and how it answers. */
const mail = {
  received: [] as { to: string[]; user: string; content: string }[],
  /** Answers with this while it is set. */
  refusal: null as number | null,
};

let smtp: SMTPServer;
let server: TestServer;

beforeAll(async () => {
  smtp = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) =>
      password === 'secret-of-mail' ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: ({ address }, _, done) =>
      done(
        address.startsWith('unknown')
          ? Object.assign(new Error('no such user'), { responseCode: 550 })
          : null,
      ),
    onData: (stream, session, done) => {
      text(stream).then(
        (content) => {
          if (mail.refusal !== null) {
            return done(Object.assign(new Error('not now'), { responseCode: mail.refusal }));
          }
          const to = session.envelope.rcptTo.map(({ address }) => address);
          mail.received.push({ to, user: String(session.user), content });
          return done();
        },
        (error: Error) => done(error),
      );
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const url = `smtp://munjigi:secret-of-mail@127.0.0.1:${port}`;
  server = await (await TestServer.start({ mail: { url, from: 'munjigi@example.com' } })).signIn();
  server.leaks.text('the password of the mail server', 'secret-of-mail');
});
afterAll(async () => {
  await server.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
});
beforeEach(() => {
  mail.received = [];
  mail.refusal = null;
});

const save = async (changes: object = {}, caller: Pick<Caller, 'call'> = server) => {
  const json = { name: '미등록자 목록', report: REPORT, shared: false, ...changes };
  return caller.call('POST', '/api/reports/saved', { json });
};

const schedule = async (changes: object = {}, caller: Pick<Caller, 'call'> = server) => {
  const savedReportId = (await save({}, caller)).body.id as string;
  const json = {
    ...{ savedReportId, format: 'csv', language: 'ko', reason: 'Weekly check', timing: TIMING },
    ...{
      timeZone: 'Asia/Seoul',
      recipients: ['kim@example.com', 'lee@example.com'],
      enabled: true,
      ...changes,
    },
  };
  return caller.call('POST', '/api/reports/schedules', { json });
};

/** Lets a schedule's time come, and waits until what came of it is final, unless told otherwise. */
async function run(
  id: string,
  state?: string,
  caller: Pick<Caller, 'call'> = server,
): Promise<ReportDelivery> {
  await server.dataSource.query(`UPDATE report_schedule SET next_at = now() - interval '1 s' WHERE id = $1`, [
    id,
  ]);
  const runs = server.running.app.get(ScheduleRuns);
  await runs.run();
  let delivery: ReportDelivery | undefined;
  await until('the report to be delivered', async () => {
    await runs.run();
    [delivery] = (await caller.call('GET', `/api/reports/schedules/${id}/deliveries`)).body.items;
    return state === undefined ? delivery?.finishedAt !== null : delivery?.state === state;
  });
  return delivery as ReportDelivery;
}

describe('a saved report', () => {
  it('is its owner’s to change and delete, and for others to see once it is shared', async () => {
    const { status, body } = await save();
    expect([status, body.own]).toEqual([201, true]);
    const path = `/api/reports/saved/${body.id}`;
    const other = await server.as('owner');
    expect(await other.call('GET', path)).toMatchObject({ status: 404 });
    const shared = { name: 'For all', report: REPORT, shared: true };
    expect(await server.call('PUT', path, { json: shared })).toMatchObject({ status: 200, body: shared });
    expect(await other.call('GET', path)).toMatchObject({
      status: 200,
      body: { own: false, name: 'For all' },
    });
    expect((await other.call('GET', '/api/reports/saved')).body.items).toHaveLength(1);
    expect(await other.call('PUT', path, { json: shared })).toMatchObject({ status: 404 });
    expect(await other.call('DELETE', path)).toMatchObject({ status: 404 });
    expect(await server.call('DELETE', path)).toMatchObject({ status: 204 });
    expect(await server.call('GET', path)).toMatchObject({ status: 404 });
    const { items } = (await server.call('GET', `/api/audit?subjectId=${body.id}`)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      'report/saved-deleted',
      'report/saved-changed',
      'report/saved',
    ]);
  });

  it('is of nothing that its owner may not see', async () => {
    const caller = await server.having(['reports:read', 'reports:write', 'events:read']);
    expect(await save({}, caller)).toMatchObject({ status: 403 });
    expect(await save({ report: { kind: 'denied', parameters: {} } }, caller)).toMatchObject({ status: 201 });
    expect(await save({ name: '' })).toMatchObject({ status: 400 });
  });
});

describe('a schedule', () => {
  it('is due next at its time, and not at all while it is not enabled', async () => {
    const { status, body } = await schedule();
    expect([status, body.mailable, new Date(body.nextAt).getUTCHours()]).toEqual([201, true, 22]);
    const { id, nextAt: _, mailable: __, ...request } = body;
    const path = `/api/reports/schedules/${id}`;
    const json = { ...request, enabled: false };
    expect(await server.call('PUT', path, { json })).toMatchObject({ status: 200, body: { nextAt: null } });
    expect((await server.call('GET', '/api/reports/schedules')).body.items).toHaveLength(1);
    const other = await server.as('owner');
    for (const [method, rest] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['GET', '/deliveries'],
    ] as const) {
      expect(await other.call(method, path + rest, method === 'PUT' ? { json } : {})).toMatchObject({
        status: 404,
      });
    }
    expect(await server.call('DELETE', path)).toMatchObject({ status: 204 });
    expect(await server.call('GET', path)).toMatchObject({ status: 404 });
  });

  it.each([
    ['of somebody else’s report', { savedReportId: '0198c2f0-7a3b-7c11-8a44-0000000000ff' }, 404],
    ['at no time', { timing: { every: 'day', at: '24:00' } }, 400],
    ['on the 31st', { timing: { every: 'month', on: 31, at: '07:00' } }, 400],
    ['in no time zone', { timeZone: 'Asia/Nowhere' }, 400],
    ['to no address', { recipients: ['kim'] }, 400],
    ['for no reason', { reason: ' ' }, 400],
  ])('is refused: one %s', async (_, changes, status) => {
    expect(await schedule(changes)).toMatchObject({ status });
  });

  it('needs that its owner may export', async () => {
    const caller = await server.having(['reports:read', 'reports:write', 'people:read']);
    expect(await schedule({}, caller)).toMatchObject({ status: 403 });
  });
});

describe('a report that is due', () => {
  it('is made, mailed with its file, and accounted for', async () => {
    await server.call('POST', '/api/people', { json: { name: '김민지' } });
    const { id } = (await schedule()).body;
    const delivery = await run(id);
    expect(delivery).toMatchObject({ state: 'sent', detail: null });
    const [received] = mail.received;
    expect(received).toMatchObject({ to: ['kim@example.com', 'lee@example.com'], user: 'munjigi' });
    const attached =
      /filename="?munjigi-no-credentials-\d+\.csv"?[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(
        received?.content ?? '',
      )?.[1];
    expect(Buffer.from(attached ?? '', 'base64').toString()).toContain('김민지');
    const { items } = (await server.call('GET', `/api/audit?subjectId=${delivery.exportId}`)).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      'report/mailed',
      'report/exported',
      'report/export-begun',
    ]);
    expect(items[2].reason).toBe('Weekly check');
    const { body } = await server.call('GET', `/api/reports/schedules/${id}`);
    expect(new Date(body.nextAt).getTime()).toBeGreaterThan(Date.now());
  });

  it('is kept for its owner when there is nobody to send it to', async () => {
    const { id } = (await schedule({ recipients: [] })).body;
    const { state, exportId } = await run(id);
    expect([state, mail.received]).toEqual(['kept', []]);
    expect(await server.call('GET', `/api/reports/exports/${exportId}/file`)).toMatchObject({ status: 200 });
  });

  it('is sent again when the mail server could not take it', async () => {
    mail.refusal = 451;
    const { id } = (await schedule()).body;
    await run(id, 'sending');
    await until('the mail server to have refused it', async () => {
      const [job] = await server.dataSource.query<{ attempt: number }[]>(
        `SELECT attempt FROM job WHERE name = 'reports/deliver' AND state <> 'done' AND attempt > 0`,
      );
      return job !== undefined;
    });
    mail.refusal = null;
    await until('the report to be sent', async () => {
      const { items } = (await server.call('GET', `/api/reports/schedules/${id}/deliveries`)).body;
      return items[0].state === 'sent';
    });
    expect(mail.received).toHaveLength(1);
  });

  it('says whom the mail server does not know, and fails when it knows nobody', async () => {
    const some = (await schedule({ recipients: ['kim@example.com', 'unknown@example.com'] })).body;
    expect(await run(some.id)).toMatchObject({ state: 'sent', detail: 'Refused: unknown@example.com' });
    const none = (await schedule({ recipients: ['unknown@example.com'] })).body;
    expect(await run(none.id)).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('The mail server refused the mail.'),
    });
  });

  it('is not made once its owner may not export it, and goes no further than its owner might see', async () => {
    const site = await server.makeSite();
    const manager = await server.as('site-manager', site);
    const { id } = (await schedule({ recipients: [] }, manager)).body;
    const { exportId } = await run(id, undefined, manager);
    const [{ site_ids }] = await server.dataSource.query('SELECT site_ids FROM report_export WHERE id = $1', [
      exportId,
    ]);
    expect(site_ids).toEqual([site]);
    await server.dataSource.query(
      `UPDATE role_grant SET role_id = (SELECT id FROM role WHERE key = 'operator') WHERE administrator_id = $1`,
      [manager.administratorId],
    );
    const runs = server.running.app.get(ScheduleRuns);
    await server.dataSource.query(
      `UPDATE report_schedule SET next_at = now() - interval '1 s' WHERE id = $1`,
      [id],
    );
    await runs.run();
    const [last] = await server.dataSource.query(
      'SELECT state, detail FROM report_delivery WHERE schedule_id = $1 ORDER BY id DESC LIMIT 1',
      [id],
    );
    expect(last).toMatchObject({ state: 'failed', detail: expect.stringContaining('reports:export') });
  });
});
