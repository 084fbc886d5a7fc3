import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { Access } from '../../platform/auth/access';
import { systemActor } from '../../platform/audit/actor';
import { makeDoor, makePerson } from '../../testing/access-walk/object-makers';
import { addManyVisits } from '../../testing/report-world';
import { TestServer, type Caller } from '../../testing/test-server';
import { until } from '../../testing/until';
import { ReportExporter } from './report-exporter';
import { ReportScopes } from './report-scopes';
import { ReportStreams } from './report-streams';

const ROWS = 50_000;
const EVENTS = {
  kind: 'events',
  parameters: { period: { kind: 'days', from: '2026-03-01', until: '2026-03-31' } },
};

/** More than two batches of the same rows. */
const FEW = 2_500;
const FEW_EVENTS = {
  kind: 'events',
  parameters: { period: { kind: 'instants', from: '2026-03-05T00:00:01Z', until: '2026-03-05T00:41:41Z' } },
};

let server: TestServer;
let personId: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const siteId = await server.makeSite('서울');
  const { id: doorId = '' } = await makeDoor(server, siteId);
  ({ id: personId = '' } = await makePerson(server, siteId));
  await addManyVisits(server, { doorId, personId, from: '2026-03-05T00:00:00Z', count: ROWS });
});
afterAll(() => server.close());

const request = (changes: object = {}) => ({
  report: FEW_EVENTS,
  format: 'csv',
  language: 'ko',
  reason: 'Yearly audit',
  ...changes,
});

const exported = (changes: object = {}, caller: Pick<Caller, 'call'> = server) =>
  caller.call('POST', '/api/reports/export', { json: request(changes) });

/** What the account says of an export, oldest first. */
async function account(exportId: string) {
  const { body } = await server.call('GET', `/api/audit?subjectId=${exportId}`);
  return (
    body.items as { action: string; reason: string | null; details: Record<string, unknown> }[]
  ).reverse();
}

describe('POST /api/reports/export', () => {
  it('gives every row as CSV, with how to verify it, and accounts for it', async () => {
    const { status, headers, body } = await exported();
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="munjigi-events-\d{12}\.csv"$/);
    const rows: string[][] = parse(body, { bom: true });
    expect(body.subarray(0, 3).toString('hex')).toBe('efbbbf');
    expect(rows[0]).toEqual(['시각', '사이트', '출입문', '이름', '사번', '부서', '결과', '사유', '유사도']);
    expect(rows[1]).toEqual([
      '2026-03-05T09:00:01.000+09:00',
      '서울',
      'Walked',
      'Walked',
      '',
      '',
      '승인',
      '본인 확인',
      '0.7',
    ]);
    expect(rows.filter(([first]) => !first?.startsWith('# '))).toHaveLength(FEW + 1);

    const id = headers.get('munjigi-export') ?? '';
    const [begun, done] = await account(id);
    expect(begun).toMatchObject({ action: 'report/export-begun', reason: 'Yearly audit' });
    expect(begun?.details).toMatchObject({
      kind: 'events',
      format: 'csv',
      sites: 'all',
      parameters: FEW_EVENTS.parameters,
    });
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(done).toMatchObject({
      action: 'report/exported',
      details: { rows: FEW, bytes: body.length, sha256 },
    });
    const about = new Map(rows.filter(([first]) => first?.startsWith('# ')).map((row) => [row[0], row[1]]));
    const { position, hash } = begun as unknown as { position: number; hash: string };
    expect(about.get('# 감사 기록 순번')).toBe(`${position} ${hash}`);
    expect([about.get('# 내보내기 번호'), about.get('# 행 수')]).toEqual([id, String(FEW)]);
  });

  it.each([
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
    ['pdf', 'application/pdf', '%P'],
  ])('gives it as %s too', async (format, type, start) => {
    const { status, headers, body } = await exported({ format });
    expect([status, headers.get('content-type'), body.toString('latin1', 0, 2)]).toEqual([200, type, start]);
    const [, done] = await account(headers.get('munjigi-export') ?? '');
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(done?.details).toMatchObject({ rows: FEW, bytes: body.length, sha256 });
  });

  it('refuses more rows as PDF than it is good for, and says what to do', async () => {
    expect(await exported({ report: EVENTS, format: 'pdf' })).toMatchObject({
      status: 422,
      body: {
        code: 'reports/too-many-rows',
        facts: { rowsMax: 20_000 },
        detail: expect.stringContaining('CSV or XLSX'),
      },
    });
  });

  it('lets no spreadsheet run what somebody is called, and leaves the mark out when asked to', async () => {
    await server.dataSource.query(`UPDATE person SET name = '=cmd|''/c calc''!A1' WHERE id = $1`, [personId]);
    const { body } = await exported({
      report: { kind: 'no-credentials', parameters: {} },
      byteOrderMark: false,
    });
    expect(body.toString()).toContain(`\r\n'=cmd|'/c calc'!A1,`);
    expect(body.toString('utf8', 0, 3)).toBe('이');
  });

  it.each([{ reason: undefined }, { reason: '  ' }, { format: 'doc' }, { language: 'fr' }])(
    'refuses %o, and accounts for nothing',
    async (changes) => {
      const count = async () =>
        ((await server.call('GET', '/api/audit?action=report/')).body.items as unknown[]).length;
      const before = await count();
      expect(await exported(changes)).toMatchObject({ status: 400 });
      expect(await count()).toBe(before);
    },
  );

  it('is refused to who may look at reports but not take them out', async () => {
    expect(await exported({}, await server.having(['reports:read', 'events:read']))).toMatchObject({
      status: 403,
    });
    expect(await exported({}, await server.having(['reports:export']))).toMatchObject({ status: 403 });
    expect(await server.callAnonymously('POST', '/api/reports/export', { json: request() })).toMatchObject({
      status: 401,
    });
  });
});

/** Connections that are in the middle of a report, as only the database's owner sees them. */
async function readingNow(): Promise<number> {
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'FETCH%' AND state <> 'idle'`,
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** What is in use, and no garbage. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

describe('an export', () => {
  const begin = async (signal = new AbortController().signal) => {
    const report = EVENTS as never;
    const access = new Access([{ permissions: ['reports:export', 'events:read'], siteId: null }]);
    const scope = await server.running.app
      .get(ReportScopes)
      .of(report, { access, permission: 'reports:export', now: new Date() });
    const order = {
      report,
      scope,
      format: 'csv',
      language: 'en',
      byteOrderMark: false,
      reason: 'Any',
    } as const;
    return server.running.app.get(ReportExporter).begin({ ...order, by: systemActor('test') }, signal);
  };

  it('reads no more than is taken, and ends its query when nobody takes more', async () => {
    const { id, parts } = await begin();
    for (let taken = 0; taken < 3; taken++) await parts.next();
    expect(await readingNow()).toBe(1);
    await parts.return({ rows: 0, bytes: 0, sha256: '' });
    expect((await account(id))[1]).toMatchObject({ action: 'report/export-broken', details: { rows: 2000 } });
    await until('the query to end', async () => (await readingNow()) === 0);
    expect(server.running.app.get(ReportStreams).active).toBe(0);
  });

  it('holds no more in memory than a few batches', async () => {
    const { parts } = await begin();
    const before = liveBytes();
    let [count, highest] = [0, 0];
    for await (const _ of parts) if (++count % 16 === 0) highest = Math.max(highest, liveBytes());
    expect(count).toBe(ROWS / 1000 + 2);
    expect(highest - before).toBeLessThan(10_000_000);
  });

  it('of a reader who goes away stops its query, and is accounted for', async () => {
    const gone = new AbortController();
    const answer = await fetch(`${server.url}/api/reports/export`, {
      method: 'POST',
      body: JSON.stringify(request({ report: EVENTS })),
      headers: { cookie: server.cookieHeader, 'content-type': 'application/json' },
      signal: gone.signal,
    });
    const id = answer.headers.get('munjigi-export') ?? '';
    gone.abort();
    await until('the account to say so', async () => (await account(id)).length === 2);
    expect((await account(id))[1]?.action).toBe('report/export-broken');
    await until('the query to end', async () => (await readingNow()) === 0);
  });

  it('that fails on the way breaks the answer off, so that half a file never looks whole', async () => {
    async function* failing(): AsyncGenerator<Uint8Array, never> {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('the database has gone');
    }
    const begun = { id: 'x', mediaType: 'text/csv', fileName: 'x.csv', rowsRead: () => 0, parts: failing() };
    jest.spyOn(server.running.app.get(ReportExporter), 'begin').mockResolvedValueOnce(begun);
    await expect(exported()).rejects.toThrow();
  });

  it('whose database has gone says so, and is accounted for', async () => {
    const { id, parts } = await begin();
    await parts.next();
    await server.asDatabaseOwner(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE 'FETCH%' AND state <> 'idle'`,
    );
    const rest = async () => {
      for await (const _ of parts);
    };
    await expect(rest()).rejects.toThrow();
    expect((await account(id))[1]?.action).toBe('report/export-broken');
  });

  it('that nobody wants any more is given up by the database, even while that thinks', async () => {
    const gone = new AbortController();
    const query = { columns: [], select: `SELECT pg_sleep(60)::text, 'UTC'`, orderBy: '2', values: [] };
    const reading = server.running.app.get(ReportStreams).batches(query, gone.signal).next();
    await until('the query to run', async () => (await readingNow()) === 1);
    gone.abort(new Error('nobody wants it'));
    await expect(reading).rejects.toThrow('nobody wants it');
    await until('the query to end', async () => (await readingNow()) === 0);
  });

  it('is refused while as many are being made as the server makes at a time', async () => {
    const others = await Promise.all([begin(), begin(), begin()]);
    const refused = await exported();
    expect(refused).toMatchObject({ status: 429, body: { code: 'reports/busy' } });
    expect(refused.headers.get('retry-after')).toBe('30');
    for (const { parts } of others) {
      await parts.next();
      await parts.return({ rows: 0, bytes: 0, sha256: '' });
    }
    expect(await exported()).toMatchObject({ status: 200 });
  });
});
