import type { Person, Visitor } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestServer, type Caller } from '../../testing/test-server';
import { MODEL_ID } from '../../testing/test-agent';
import { TemplateVault } from '../people/template-vault';
import { VisitEnds } from './visit-ends';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let server: TestServer;
let siteId: string;
let host: Person;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
  siteId = site.id;
  host = (await server.call('POST', '/api/people', { json: { name: 'The Host' } })).body as Person;
});
afterAll(() => server.close());

const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
const visit = (changes: object = {}) => ({
  name: 'A Visitor',
  hostId: host.id,
  purpose: 'Maintenance',
  from: fromNow(-HOUR_MS),
  until: fromNow(HOUR_MS),
  ...changes,
});
const announce = (changes: object = {}, by: Pick<Caller, 'call'> = server) =>
  by.call('POST', '/api/visitors', { json: visit(changes) });
const announced = async (changes: object = {}): Promise<Visitor> => (await announce(changes)).body as Visitor;
const post = (visitor: Visitor, what: string, json: object = {}, by: Pick<Caller, 'call'> = server) =>
  by.call('POST', `/api/visitors/${visitor.person.id}/${what}`, { json });
const read = async ({ person }: Visitor): Promise<Visitor> =>
  (await server.call('GET', `/api/visitors/${person.id}`)).body as Visitor;
const ends = (at: number) => server.running.app.get(VisitEnds, { strict: false }).run(new Date(at));

function enrol({ person }: Visitor): Promise<unknown> {
  return server.dataSource.transaction((manager) => {
    const embedding = Float32Array.from({ length: 192 }, () => 1 / Math.sqrt(192));
    const given = { personId: person.id, modelId: MODEL_ID, origin: 'photo', embedding } as const;
    return server.running.app.get(TemplateVault, { strict: false }).add(manager, given);
  });
}

describe('a visitor', () => {
  it('is announced to a host, and is a person for that time', async () => {
    const answer = await announce({ company: 'Lift Ltd', siteId });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        host: { id: host.id, name: 'The Host' },
        company: 'Lift Ltd',
        recurrence: null,
        endedAt: null,
        person: { kind: 'visitor', status: 'active', siteId, validFrom: expect.any(String) },
      },
    });
    expect(await read(answer.body as Visitor)).toEqual(answer.body);
    const listed = await server.call('GET', '/api/people?kind=visitor');
    expect(listed.body.items.map(({ id }: Person) => id)).toContain(answer.body.person.id);
  });

  it.each([
    [{ hostId: newId() }, 'visitors/unknown-host'],
    [{ until: fromNow(-2 * HOUR_MS) }, 'request/invalid'],
    [{ purpose: '' }, 'request/invalid'],
    [{ siteId: newId() }, 'people/unknown-site'],
    [{ recurrence: { days: [], from: '09:00', to: '10:00', timeZone: 'UTC' } }, 'request/invalid'],
    [{ recurrence: { days: ['monday'], from: '10:00', to: '10:00', timeZone: 'UTC' } }, 'request/invalid'],
    [
      { recurrence: { days: ['monday'], from: '09:00', to: '10:00', timeZone: 'Mars/Base' } },
      'request/invalid',
    ],
  ])('is not announced with %j', async (changes, code) => {
    const answer = await announce(changes);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it('cannot be host to another, nor can somebody who is blocked', async () => {
    const visitor = await announced();
    expect(await announce({ hostId: visitor.person.id })).toMatchObject({
      body: { code: 'visitors/unknown-host' },
    });
  });

  it('is suspended when the time is over, and forgotten as the settings say', async () => {
    const visitor = await announced();
    await enrol(visitor);
    await server.call('PUT', '/api/settings/people', {
      json: { idleDays: null, idleNoticeDays: 7, visitorTemplatesKeptDays: 2 },
    });
    await ends(Date.now());
    expect(await read(visitor)).toMatchObject({ endedAt: null, person: { status: 'active' } });
    const over = Date.now() + 2 * HOUR_MS;
    await ends(over);
    expect(await read(visitor)).toMatchObject({
      endedAt: new Date(over).toISOString(),
      forgottenAt: null,
      person: { status: 'suspended', statusReason: 'The visit is over', templates: [{}] },
    });
    await ends(over + 2 * DAY_MS - 1);
    expect(await read(visitor)).toMatchObject({ forgottenAt: null });
    await ends(over + 2 * DAY_MS);
    expect(await read(visitor)).toMatchObject({ forgottenAt: expect.any(String), person: { templates: [] } });
    const rows = await server.dataSource.query<{ action: string }[]>(
      'SELECT action FROM audit_entry WHERE subject_id = $1 ORDER BY id',
      [visitor.person.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'person/created',
      'visitor/created',
      'person/suspended',
      'visitor/forgotten',
    ]);
  });

  it('may stay longer, also after the end', async () => {
    const visitor = await announced();
    const later = fromNow(5 * HOUR_MS);
    expect(await post(visitor, 'extend', { until: later })).toMatchObject({
      status: 200,
      body: { person: { validUntil: later } },
    });
    await post(visitor, 'end');
    expect(await post(visitor, 'extend', { until: fromNow(9 * HOUR_MS) })).toMatchObject({
      status: 200,
      body: { endedAt: null, person: { status: 'active' } },
    });
    for (const until of [later, fromNow(-HOUR_MS)]) {
      expect(await post(visitor, 'extend', { until })).toMatchObject({
        status: 400,
        body: { code: 'visitors/not-longer' },
      });
    }
  });

  it('is sent away before the end, once', async () => {
    const visitor = await announced();
    const ended = await post(visitor, 'end', { reason: 'Left early' });
    expect(ended).toMatchObject({
      status: 200,
      body: { endedAt: expect.any(String), person: { status: 'suspended', statusReason: 'Left early' } },
    });
    expect((await post(visitor, 'end', { reason: 'Again' })).body).toEqual(ended.body);
  });

  it('who was blocked meanwhile stays so when the visit is extended', async () => {
    const visitor = await announced();
    await server.call('PATCH', `/api/people/${visitor.person.id}`, {
      json: { status: 'blocked', statusReason: 'Misbehaved' },
    });
    await ends(Date.now() + 2 * HOUR_MS);
    expect(await post(visitor, 'extend', { until: fromNow(9 * HOUR_MS) })).toMatchObject({
      body: { person: { status: 'blocked', statusReason: 'Misbehaved' } },
    });
  });
});

describe('the visitors of a day', () => {
  const DAY = '2031-03-03';
  const at = (time: string, day = DAY) => `${day}T${time}:00.000Z`;
  const names = async (query: string, by: Pick<Caller, 'call'> = server): Promise<string[]> => {
    const { body } = await by.call('GET', `/api/visitors?${query}`);
    return (body.items as Visitor[]).map(({ person }) => person.name);
  };

  beforeAll(async () => {
    const weekly = { from: '09:00', to: '10:00', timeZone: 'UTC' };
    await announce({ name: 'Whole day', from: at('08:00'), until: at('18:00') });
    await announce({ name: 'Late', from: at('23:30'), until: at('23:45') });
    await announce({ name: 'Before', from: at('08:00', '2031-03-02'), until: at('00:00') });
    await announce({
      name: 'Mondays',
      from: at('00:00', '2031-01-01'),
      until: at('00:00', '2031-12-01'),
      recurrence: { days: ['monday'], ...weekly },
      siteId,
    });
    await announce({
      name: 'Tuesdays',
      from: at('00:00', '2031-01-01'),
      until: at('00:00', '2031-12-01'),
      recurrence: { days: ['tuesday'], ...weekly },
    });
  });

  it('are those whose visit touches it, where the day is', async () => {
    expect(await names(`day=${DAY}`)).toEqual(['Mondays', 'Whole day', 'Late']);
    // In Seoul that day ends at 15:00 UTC.
    expect(await names(`day=${DAY}&timeZone=Asia/Seoul`)).toEqual(['Mondays', 'Before', 'Whole day']);
    expect(await names(`day=2031-03-04`)).toEqual(['Tuesdays']);
    expect(await names(`day=${DAY}&siteId=${siteId}`)).toEqual(['Mondays']);
    const today = await names('');
    expect(today).toContain('A Visitor');
    expect(today).not.toContain('Mondays');
  });

  it.each(['day=yesterday', 'day=2031-02-29', 'timeZone=Nowhere', 'siteId=1'])(
    'are refused for %s',
    async (query) => {
      expect(await server.call('GET', `/api/visitors?${query}`)).toMatchObject({ status: 400 });
    },
  );

  it('are another site’s to nobody else', async () => {
    const otherSiteId = newId();
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Other', now())`, [
      otherSiteId,
    ]);
    const registrar = await server.as('registrar', otherSiteId);
    expect(await names(`day=${DAY}`, registrar)).toEqual(['Whole day', 'Late']);
    const visitor = await announced({ siteId });
    expect(await registrar.call('GET', `/api/visitors/${visitor.person.id}`)).toMatchObject({ status: 403 });
    for (const [what, json] of [
      ['extend', { until: fromNow(DAY_MS) }],
      ['end', {}],
    ] as const) {
      expect(await post(visitor, what, json, registrar)).toMatchObject({ status: 403 });
    }
    expect(await announce({ siteId }, registrar)).toMatchObject({ status: 403 });
  });

  it('that do not exist are not found, and an employee is none', async () => {
    for (const id of [newId(), host.id]) {
      expect(await server.call('GET', `/api/visitors/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'visitors/not-found' },
      });
      expect(await server.call('POST', `/api/visitors/${id}/end`, { json: {} })).toMatchObject({
        status: 404,
      });
    }
  });
});
