import { reportChartSchema, reportPreviewSchema, type ReportPreview } from '@munjigi/contracts';
import { makeArea, makeDoor, makePerson } from '../../testing/access-walk/object-makers';
import { addVisits, leadDoor } from '../../testing/report-world';
import { TestServer, type Caller } from '../../testing/test-server';

let server: TestServer;
let seoul: string;
let newYork: string;
let kim: string;
let lee: string;
let doors: { front: string; back: string; lobby: string };

const DAYS = { kind: 'days', from: '2026-03-07', until: '2026-03-09' };

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  seoul = await server.makeSite('Seoul');
  newYork = await server.makeSite('New York');
  await server.dataSource.query(`UPDATE site SET time_zone = 'America/New_York' WHERE id = $1`, [newYork]);
  const door = async (siteId: string, name: string) => {
    const { id = '' } = await makeDoor(server, siteId);
    await server.dataSource.query('UPDATE door SET name = $2 WHERE id = $1', [id, name]);
    return id;
  };
  doors = {
    front: await door(seoul, '정문'),
    back: await door(seoul, '후문'),
    lobby: await door(newYork, 'Lobby'),
  };
  const person = async (siteId: string, name: string) => {
    const { id = '' } = await makePerson(server, siteId);
    await server.dataSource.query('UPDATE person SET name = $2 WHERE id = $1', [id, name]);
    return id;
  };
  [kim, lee] = [await person(seoul, '김민지'), await person(newYork, 'Lee')];
  const visit = (doorId: string, personId: string | null, at: string) => ({ doorId, personId, at });
  await addVisits(server, [
    // A night's work in Seoul: in on Saturday evening, out on Sunday morning.
    visit(doors.front, kim, '2026-03-07T22:00:00+09:00'),
    visit(doors.back, kim, '2026-03-08T06:30:00+09:00'),
    // The day on which New York's clocks leave two o'clock out.
    visit(doors.lobby, lee, '2026-03-08T01:30:00-05:00'),
    visit(doors.lobby, lee, '2026-03-08T03:30:00-04:00'),
    { ...visit(doors.lobby, null, '2026-03-08T12:00:00-04:00'), outcome: 'denied' },
    // Before and after.
    visit(doors.lobby, lee, '2026-03-06T23:59:59-05:00'),
    visit(doors.lobby, lee, '2026-03-10T00:00:00-04:00'),
  ]);
});
afterAll(() => server.close());

async function preview(report: object, language = 'en', caller: Pick<Caller, 'call'> = server) {
  const answer = await caller.call('POST', '/api/reports/preview', { json: { report, language } });
  expect([report, answer.status, answer.body.detail]).toEqual([report, 200, undefined]);
  return reportPreviewSchema.parse(answer.body);
}

/** The rows as objects, with only these columns. */
function pick({ columns, rows }: ReportPreview, ...keys: string[]) {
  const places = keys.map((key) => columns.findIndex((column) => column.key === key));
  return rows.map((row) => places.map((place) => row[place]));
}

describe('events', () => {
  it('are those of the days of each site’s own clock, told by it', async () => {
    const report = await preview({ kind: 'events', parameters: { period: DAYS } });
    expect(pick(report, 'occurredAt', 'siteName', 'doorName', 'personName', 'outcome', 'reason')).toEqual([
      ['2026-03-07T22:00:00.000+09:00', 'Seoul', '정문', '김민지', 'Granted', 'Recognised'],
      ['2026-03-08T06:30:00.000+09:00', 'Seoul', '후문', '김민지', 'Granted', 'Recognised'],
      ['2026-03-08T01:30:00.000-05:00', 'New York', 'Lobby', 'Lee', 'Granted', 'Recognised'],
      ['2026-03-08T03:30:00.000-04:00', 'New York', 'Lobby', 'Lee', 'Granted', 'Recognised'],
      ['2026-03-08T12:00:00.000-04:00', 'New York', 'Lobby', null, 'Denied', 'Unknown person'],
    ]);
    expect(report.totals).toEqual({ rows: 5, exact: true, sums: {} });
  });

  it.each([
    ['siteId', () => seoul, 2],
    ['doorId', () => doors.back, 1],
    ['personId', () => lee, 2],
    ['outcome', () => 'denied', 1],
  ])('are cut by %s', async (name, value, count) => {
    const report = { kind: 'events', parameters: { period: DAYS, [name]: value() } };
    expect((await preview(report)).totals.rows).toBe(count);
  });

  it('are cut to the people who are in a group', async () => {
    const { body: group } = await server.call('POST', '/api/groups', {
      json: { name: 'Night', siteId: seoul },
    });
    await server.dataSource.query('INSERT INTO access_group_member (person_id, group_id) VALUES ($1, $2)', [
      kim,
      group.id,
    ]);
    const report = await preview({ kind: 'events', parameters: { period: DAYS, groupId: group.id } });
    expect(pick(report, 'personName')).toEqual([['김민지'], ['김민지']]);
  });

  it('are told in Korean to whose browser prefers it', async () => {
    const answer = await server.call('POST', '/api/reports/preview', {
      json: { report: { kind: 'denied', parameters: { period: DAYS } } },
      headers: { 'accept-language': 'ko-KR,ko;q=0.9,en;q=0.5' },
    });
    expect(answer.body).toMatchObject({ title: '출입 거부 기록', totals: { rows: 1 } });
    expect(pick(answer.body, 'reason')).toEqual([['미등록자']]);
  });
});

describe('door usage', () => {
  it('is counted by the days of each site, and summed', async () => {
    const report = await preview({ kind: 'door-usage', parameters: { period: DAYS } });
    expect(pick(report, 'beginsAt', 'doorName', 'granted', 'denied', 'people')).toEqual([
      ['2026-03-07T00:00:00.000+09:00', '정문', 1, 0, 1],
      ['2026-03-08T00:00:00.000+09:00', '후문', 1, 0, 1],
      ['2026-03-08T00:00:00.000-05:00', 'Lobby', 2, 1, 1],
    ]);
    expect(report.totals.sums).toEqual({ granted: 4, denied: 1 });
  });

  it('by hours has none that the clock leaves out', async () => {
    const report = await preview({
      kind: 'door-usage',
      parameters: { period: DAYS, siteId: newYork, by: 'hour' },
    });
    expect(pick(report, 'beginsAt')).toEqual([
      ['2026-03-08T01:00:00.000-05:00'],
      ['2026-03-08T03:00:00.000-04:00'],
      ['2026-03-08T12:00:00.000-04:00'],
    ]);
  });
});

describe('attendance', () => {
  const attendance = (parameters: object) =>
    preview({ kind: 'attendance', parameters: { period: DAYS, ...parameters } });
  const shown = ['day', 'personName', 'firstIn', 'lastOut', 'hours', 'missedExits'] as const;

  it('without ways in and out is from the first door to the last, in hours that have passed', async () => {
    expect(pick(await attendance({ siteId: newYork }), ...shown)).toEqual([
      // An hour passes between half past one and half past three.
      ['2026-03-08', 'Lee', '2026-03-08T01:30:00.000-05:00', '2026-03-08T03:30:00.000-04:00', 1, 0],
    ]);
  });

  it('of a night is one day where the day begins later', async () => {
    const { totals } = await attendance({ siteId: seoul });
    expect(totals).toEqual({ rows: 2, exact: true, sums: { hours: 0, missedExits: 0 } });
    expect(pick(await attendance({ siteId: seoul, dayBegins: '12:00' }), ...shown)).toEqual([
      ['2026-03-07', '김민지', '2026-03-07T22:00:00.000+09:00', '2026-03-08T06:30:00.000+09:00', 8.5, 0],
    ]);
  });

  it('with ways in and out is of the day on which each stay began, and counts exits that were missed', async () => {
    const site = await server.makeSite('Busan');
    const { id: area = '' } = await makeArea(server, site);
    const [{ id: enter = '' }, { id: leave = '' }] = [
      await makeDoor(server, site),
      await makeDoor(server, site),
    ];
    await leadDoor(server, enter, [null, area]);
    await leadDoor(server, leave, [area, null]);
    const at = (doorId: string, time: string) => ({ doorId, personId: kim, at: `2026-03-${time}+09:00` });
    await addVisits(server, [
      at(leave, '07T01:00:00'),
      at(enter, '07T09:00:00'),
      at(leave, '07T12:00:00'),
      at(enter, '07T22:00:00'),
      at(leave, '08T06:00:00'),
      at(enter, '08T20:00:00'),
      at(enter, '09T23:00:00'),
      // Out after the period's end.
      at(leave, '10T07:15:00'),
    ]);
    expect(pick(await attendance({ siteId: site }), ...shown)).toEqual([
      ['2026-03-07', '김민지', '2026-03-07T09:00:00.000+09:00', '2026-03-08T06:00:00.000+09:00', 11, 0],
      ['2026-03-08', '김민지', '2026-03-08T20:00:00.000+09:00', null, 0, 1],
      ['2026-03-09', '김민지', '2026-03-09T23:00:00.000+09:00', '2026-03-10T07:15:00.000+09:00', 8.25, 0],
    ]);
  });
});

describe('people', () => {
  it('without credentials are those who have no template', async () => {
    const report = await preview({ kind: 'no-credentials', parameters: {} });
    expect(pick(report, 'personName', 'siteName', 'status')).toEqual(
      expect.arrayContaining([
        ['김민지', 'Seoul', 'Active'],
        ['Lee', 'New York', 'Active'],
      ]),
    );
  });

  it('expiring and idle are those of the days and months that are asked for', async () => {
    const names = async (kind: string, parameters: object) =>
      pick(await preview({ kind, parameters }), 'personName').flat();
    await server.dataSource.query(
      `UPDATE person SET valid_until = now() + interval '10 days' WHERE id = $1`,
      [lee],
    );
    expect(await names('expiring', { withinDays: 9 })).toEqual([]);
    expect(await names('expiring', { withinDays: 10 })).toEqual(['Lee']);
    await server.dataSource.query(
      `INSERT INTO person_activity (person_id, last_granted_at) VALUES ($1, now() - interval '70 days')
       ON CONFLICT (person_id) DO UPDATE SET last_granted_at = excluded.last_granted_at`,
      [kim],
    );
    expect(await names('idle', { months: 2 })).toEqual(['김민지']);
    expect(await names('idle', { months: 3 })).toEqual([]);
  });
});

describe('the muster', () => {
  it('has who passed into an area last, and at a site without areas who has passed within a day', async () => {
    const site = await server.makeSite('Jeju');
    const { id: area = '' } = await makeArea(server, site);
    const [{ id: enter = '' }, { id: leave = '' }] = [
      await makeDoor(server, site),
      await makeDoor(server, site),
    ];
    await leadDoor(server, enter, [null, area]);
    await leadDoor(server, leave, [area, null]);
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await addVisits(server, [
      { doorId: enter, personId: kim, at: ago(50) },
      { doorId: enter, personId: lee, at: ago(50) },
      { doorId: leave, personId: lee, at: ago(20) },
      { doorId: doors.front, personId: lee, at: ago(10) },
      { doorId: doors.front, personId: kim, at: ago(25 * 60) },
    ]);
    const muster = async (siteId: string) =>
      pick(await preview({ kind: 'muster', parameters: { siteId } }), 'personName');
    expect(await muster(site)).toEqual([['김민지']]);
    expect(await muster(seoul)).toEqual([['Lee']]);
  });
});

describe('alarms and audit', () => {
  it('are told in words', async () => {
    await server.dataSource.query(
      `INSERT INTO alarm (id, key, kind, severity, state, site_id, raised_at, last_at, count, details)
       VALUES (gen_random_uuid(), 'x', 'tamper', 'critical', 'raised', $1, '2026-03-08T00:00:00Z', now(), 3, '{}')`,
      [seoul],
    );
    const alarms = await preview({ kind: 'alarms', parameters: { period: DAYS } });
    expect(pick(alarms, 'siteName', 'alarmKind', 'severity', 'count')).toEqual([
      ['Seoul', 'Tamper', 'Critical', 3],
    ]);
    const audit = await preview({ kind: 'audit', parameters: { action: 'group/' } });
    expect(pick(audit, 'actorKind', 'action')).toEqual([['Administrator', 'group/created']]);
  });
});

describe('charts', () => {
  const ask = (kind: string, parameters: object, caller: Pick<Caller, 'call'> = server) =>
    caller.call('POST', '/api/reports/chart', { json: { report: { kind, parameters }, language: 'en' } });
  const points = async (...args: Parameters<typeof ask>) => {
    const { by, points: told } = reportChartSchema.parse((await ask(...args)).body);
    return [by, ...told.map(({ at, values }) => [at, ...values])];
  };

  it('are by the days and hours of each site’s own clock', async () => {
    expect(await points('events', { period: DAYS, siteId: newYork })).toEqual(['day', ['2026-03-08', 2, 1]]);
    expect(await points('events', { period: DAYS, siteId: seoul, outcome: 'granted' })).toEqual([
      'day',
      ['2026-03-07', 1],
      ['2026-03-08', 1],
    ]);
    expect(await points('door-usage', { period: DAYS, siteId: newYork, by: 'hour' })).toEqual([
      'hour',
      ['01', 1, 0],
      ['03', 1, 0],
      ['12', 0, 1],
    ]);
    const year = { kind: 'days', from: '2026-01-01', until: '2026-12-30' };
    expect(await points('door-usage', { period: year, siteId: newYork })).toEqual([
      'month',
      ['2026-03', 4, 1],
    ]);
  });

  it('of denials are by reason, and of attendance by day of work', async () => {
    expect(await points('denied', { period: DAYS })).toEqual(['value', ['Unknown person', 1]]);
    expect(await points('attendance', { period: DAYS, siteId: seoul, dayBegins: '12:00' })).toEqual([
      'day',
      ['2026-03-07', 1, 8.5],
    ]);
  });

  it('are cut to the asker’s sites, and there are none of kinds that would say nothing', async () => {
    const manager = await server.as('site-manager', newYork);
    expect(await points('door-usage', { period: DAYS }, manager)).toEqual(['day', ['2026-03-08', 2, 1]]);
    expect(await ask('events', { siteId: seoul }, manager)).toMatchObject({ status: 403 });
    const anonymous = { call: server.callAnonymously.bind(server) } as Pick<Caller, 'call'>;
    expect(await ask('events', {}, anonymous)).toMatchObject({ status: 401 });
    expect(await ask('muster', {})).toMatchObject({ status: 422, body: { code: 'reports/no-chart' } });
    expect(await ask('events', { door: 1 })).toMatchObject({ status: 400 });
  });
});

describe('who may see what', () => {
  it('is cut to the asker’s sites, for reports and for what they are of', async () => {
    const manager = await server.as('site-manager', newYork);
    const report = await preview({ kind: 'events', parameters: { period: DAYS } }, 'en', manager);
    expect(new Set(pick(report, 'siteName').flat())).toEqual(new Set(['New York']));
    const elsewhere = { kind: 'events', parameters: { siteId: seoul } };
    const refused = await manager.call('POST', '/api/reports/preview', { json: { report: elsewhere } });
    expect(refused).toMatchObject({ status: 403, body: { code: 'auth/forbidden' } });
  });

  it('needs the permission of the kind beside that for reports', async () => {
    const reader = await server.having(['reports:read', 'events:read']);
    expect(
      (await reader.call('GET', '/api/reports/kinds')).body.items.map((item: { kind: string }) => item.kind),
    ).toEqual(['events', 'denied', 'door-usage', 'attendance']);
    const json = { report: { kind: 'audit', parameters: {} } };
    expect(await reader.call('POST', '/api/reports/preview', { json })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('audit:read') },
    });
    const nobody = await server.having(['events:read']);
    expect(await nobody.call('POST', '/api/reports/preview', { json })).toMatchObject({ status: 403 });
    expect(await server.callAnonymously('POST', '/api/reports/preview', { json })).toMatchObject({
      status: 401,
    });
  });
});

describe('a report that cannot be', () => {
  const UNKNOWN = '0198c2f0-7a3b-7c11-8a44-0000000000ff';

  it.each([
    ['of a site that is not there', 'events', { siteId: UNKNOWN }, 404],
    ['of a door that is no id', 'events', { doorId: 'front' }, 400],
    ['cut by what its kind does not know', 'events', { door: UNKNOWN }, 400],
    ['of no kind', 'weather', {}, 400],
    ['that ends before it begins', 'events', { period: { ...DAYS, until: '2026-03-06' } }, 400],
    ['from a day that no calendar has', 'events', { period: { ...DAYS, from: '2026-02-30' } }, 400],
    ['until a year that no database has', 'events', { period: { ...DAYS, until: '9999-12-31' } }, 400],
    ['of days that begin at no time', 'attendance', { dayBegins: '25:00' }, 400],
    ['of an action that is none', 'audit', { action: "door/'; DROP TABLE door" }, 400],
  ])('is refused: one %s', async (_, kind, parameters, status) => {
    const json = { report: { kind, parameters } };
    expect(await server.call('POST', '/api/reports/preview', { json })).toMatchObject({ status });
  });
});
