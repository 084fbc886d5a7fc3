import type { Change } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer, type Caller } from '../../testing/test-server';

const NEVER = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };
const OFFICE = Object.fromEntries(Object.keys(NEVER).map((day) => [day, [{ from: '09:00', to: '18:00' }]]));

let server: TestServer;
let siteId: string;
let otherSiteId: string;
let door: { id: string; token: string };
let personId: string;
let manager: Caller;
let stranger: Caller;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  siteId = (await post('/api/sites', { name: 'Seoul', timeZone: 'Asia/Seoul' })).body.id;
  otherSiteId = (await post('/api/sites', { name: 'Berlin', timeZone: 'Europe/Berlin' })).body.id;
  const { body } = await post('/api/doors', { name: 'Door 3' });
  door = { id: body.door.id, token: body.agentToken };
  await server.dataSource.query('UPDATE door SET site_id = $1 WHERE id = $2', [siteId, door.id]);
  personId = (await post('/api/people', { name: 'Kim' })).body.id;
  manager = await server.as('site-manager', siteId);
  stranger = await server.as('site-manager', otherSiteId);
});
afterAll(() => server.close());

const post = (path: string, json: object) => server.call('POST', path, { json });
const put = (path: string, json: object) => server.call('PUT', path, { json });
const why = (at?: string) =>
  server.call('GET', `/api/access/why?personId=${personId}&doorId=${door.id}${at ? `&at=${at}` : ''}`);
const unique = (name: string) => `${name} ${newId().slice(-8)}`;

async function makeSchedule(weekly: object, more: object = {}): Promise<string> {
  const answer = await post('/api/schedules', {
    name: unique('Schedule'),
    weekly,
    holiday: null,
    holidayCalendarIds: [],
    exceptions: [],
    ...more,
  });
  expect(answer.status).toBe(201);
  return answer.body.id as string;
}

/** Makes the person a member of one group that has one level through the door by that schedule. */
async function allow(scheduleId: string, groupId = ''): Promise<string> {
  const level = await post('/api/access-levels', {
    name: unique('Level'),
    entries: [{ doors: { kind: 'doors', doorIds: [door.id] }, scheduleId }],
  });
  expect(level.status).toBe(201);
  const id = groupId || ((await post('/api/groups', { name: unique('Group') })).body.id as string);
  expect(await put(`/api/groups/${id}/access`, { accessLevelIds: [level.body.id] })).toMatchObject({
    status: 200,
  });
  await server.call('PATCH', `/api/people/${personId}`, { json: { groupIds: [id] } });
  return id;
}

async function rulesOf(agent: TestAgent): Promise<Extract<Change, { kind: 'rules.put' }>['rules']> {
  const changes = await agent.pullAll();
  const last = changes.filter((change) => change.kind === 'rules.put').at(-1);
  if (!last) throw new Error('the door was told no rules');
  return last.rules;
}

describe('out of the box', () => {
  it('everybody passes every door at all times, by a group that they join', async () => {
    const added = (await post('/api/people', { name: 'New' })).body;
    expect(added.groups).toEqual([expect.objectContaining({ name: 'Everybody' })]);
    const answer = await server.call('GET', `/api/access/why?personId=${added.id}&doorId=${door.id}`);
    expect(answer.body.decision).toMatchObject({ outcome: 'granted', reason: 'matched' });
  });

  it('who is added with groups of their own gets those alone', async () => {
    const group = (await post('/api/groups', { name: unique('Own') })).body;
    const added = (await post('/api/people', { name: 'Other', groupIds: [group.id] })).body;
    expect(added.groups).toEqual([expect.objectContaining({ id: group.id })]);
    const answer = await server.call('GET', `/api/access/why?personId=${added.id}&doorId=${door.id}`);
    expect(answer.body.decision).toMatchObject({ outcome: 'denied', reason: 'no-access-level' });
  });
});

describe('why', () => {
  it('is told by schedule, in the time of the site', async () => {
    await allow(await makeSchedule(OFFICE));
    // 17:59 and 18:05 in Seoul.
    expect((await why('2026-11-24T08:59:00Z')).body.decision).toMatchObject({ outcome: 'granted' });
    const late = (await why('2026-11-24T09:05:00Z')).body;
    expect(late).toMatchObject({
      person: { name: 'Kim' },
      door: { name: 'Door 3' },
      timeZone: 'Asia/Seoul',
      decision: { outcome: 'denied', reason: 'outside-schedule' },
    });
    const step = late.decision.steps.find(({ check }: { check: string }) => check === 'access-level');
    expect(step).toMatchObject({ passed: false, nextOpenAt: '2026-11-25T00:00:00.000Z' });
    const named = late.names.schedules.map(({ id }: { id: string }) => id);
    expect(named).toContain(step.levels[0].scheduleId);
  });

  it('follows holidays and exceptions', async () => {
    const calendar = await post('/api/holiday-calendars', {
      name: unique('Holidays'),
      days: [{ name: 'Seollal', date: '2026-02-17', lastDate: '2026-02-18' }],
    });
    const scheduleId = await makeSchedule(OFFICE, {
      holiday: [],
      holidayCalendarIds: [calendar.body.id],
      exceptions: [{ date: '2026-02-18', intervals: [{ from: '10:00', to: '12:00' }] }],
    });
    await allow(scheduleId);
    expect((await why('2026-02-17T02:00:00Z')).body.decision.reason).toBe('outside-schedule');
    expect((await why('2026-02-18T02:00:00Z')).body.decision.outcome).toBe('granted');
    expect((await why('2026-02-18T04:00:00Z')).body.decision.reason).toBe('outside-schedule');
    const times = await server.call(
      'GET',
      `/api/access/times?personId=${personId}&doorId=${door.id}&from=2026-02-16T15:00:00Z&until=2026-02-19T15:00:00Z`,
    );
    expect(times.body.intervals).toEqual([
      { from: '2026-02-18T01:00:00.000Z', until: '2026-02-18T03:00:00.000Z' },
      { from: '2026-02-19T00:00:00.000Z', until: '2026-02-19T09:00:00.000Z' },
    ]);
  });

  it('tells what is in the way of a person', async () => {
    await allow(await makeSchedule(OFFICE));
    const patch = (json: object) => server.call('PATCH', `/api/people/${personId}`, { json });
    await patch({ status: 'suspended', statusReason: 'On leave' });
    expect((await why('2026-11-24T02:00:00Z')).body.decision.reason).toBe('suspended');
    await patch({ status: 'active', statusReason: null, validUntil: '2026-11-01T00:00:00.000Z' });
    expect((await why('2026-11-24T02:00:00Z')).body.decision.reason).toBe('expired');
    await patch({ validUntil: null });
    expect((await why('2026-11-24T02:00:00Z')).body.decision.outcome).toBe('granted');
  });

  it('refuses what it cannot answer', async () => {
    const ask = (query: string, caller: { call: TestServer['call'] } = server) =>
      caller.call('GET', `/api/access/why?${query}`);
    expect(await ask(`personId=${newId()}&doorId=${door.id}`)).toMatchObject({ status: 404 });
    expect(await ask(`personId=${personId}&doorId=${newId()}`)).toMatchObject({ status: 404 });
    expect(await ask(`personId=${personId}&doorId=${door.id}&at=yesterday`)).toMatchObject({ status: 400 });
    expect(
      await stranger.call('GET', `/api/access/why?personId=${personId}&doorId=${door.id}`),
    ).toMatchObject({
      status: 403,
    });
    const times = `/api/access/times?personId=${personId}&doorId=${door.id}`;
    expect(
      await server.call('GET', `${times}&from=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z`),
    ).toMatchObject({
      status: 400,
      body: { code: 'access/period' },
    });
  });
});

describe('documents', () => {
  it('may speak only of what is there', async () => {
    const answer = await post('/api/access-levels', {
      name: unique('Level'),
      entries: [{ doors: { kind: 'doors', doorIds: [newId()] }, scheduleId: newId() }],
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'access/unusable' } });
    expect(answer.body.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      'entries.0.doors.doorIds',
      'entries.0.scheduleId',
    ]);
  });

  it('of a site speak of no other site', async () => {
    const scheduleId = await makeSchedule(OFFICE, { siteId: otherSiteId });
    const entries = [{ doors: { kind: 'all' }, scheduleId }];
    expect(await post('/api/access-levels', { name: unique('Mixed'), siteId, entries })).toMatchObject({
      status: 422,
      body: { issues: [{ message: expect.stringContaining('another site') }] },
    });
  });

  it('that are used stay, and say by what', async () => {
    const scheduleId = await makeSchedule(OFFICE);
    const name = unique('User');
    const level = await post('/api/access-levels', {
      name,
      entries: [{ doors: { kind: 'all' }, scheduleId }],
    });
    const refused = await server.call('DELETE', `/api/schedules/${scheduleId}`);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'access/in-use', detail: expect.stringContaining(name) },
    });
    expect(await server.call('DELETE', `/api/access-levels/${level.body.id}`)).toMatchObject({ status: 204 });
    expect(await server.call('DELETE', `/api/schedules/${scheduleId}`)).toMatchObject({ status: 204 });
    expect(await server.call('GET', `/api/schedules/${scheduleId}`)).toMatchObject({ status: 404 });
  });

  it('have names of their own', async () => {
    const name = unique('Twice');
    await makeSchedule(OFFICE, { name });
    const again = {
      name: name.toUpperCase(),
      weekly: NEVER,
      holiday: null,
      holidayCalendarIds: [],
      exceptions: [],
    };
    expect(await post('/api/schedules', again)).toMatchObject({
      status: 409,
      body: { code: 'access/name-taken' },
    });
    expect(await post('/api/schedules', { ...again, siteId })).toMatchObject({ status: 201 });
  });

  it.each([
    [{ weekly: { ...NEVER, monday: [{ from: '18:00', to: '09:00' }] } }],
    [{ weekly: { ...NEVER, monday: [{ from: '09:00', to: '25:00' }] } }],
    [{ weekly: {} }],
    [{ weekly: NEVER, exceptions: [{ date: '2026-02-30', intervals: [] }] }],
    [{ weekly: NEVER, siteId: 'here' }],
  ])('refuse %j', async (json) => {
    const whole = { name: unique('Bad'), holiday: null, holidayCalendarIds: [], exceptions: [], ...json };
    expect(await post('/api/schedules', whole)).toMatchObject({
      status: 400,
      body: { code: 'request/invalid' },
    });
  });

  it('are made and seen by those whose site they are of', async () => {
    const body = {
      name: unique('Here'),
      siteId,
      weekly: OFFICE,
      holiday: null,
      holidayCalendarIds: [],
      exceptions: [],
    };
    const made = await manager.call('POST', '/api/schedules', { json: body });
    expect(made.status).toBe(201);
    const path = `/api/schedules/${made.body.id}`;
    const names = async (caller: Caller) => {
      const { items } = (await caller.call('GET', '/api/schedules')).body as { items: { name: string }[] };
      return items.map(({ name }) => name);
    };
    expect(await names(manager)).toEqual(expect.arrayContaining(['Always', body.name]));
    expect(await names(stranger)).not.toContain(body.name);
    for (const [method, json] of [['GET'], ['PUT', body], ['DELETE']] as [string, object?][])
      expect(await stranger.call(method, path, { json })).toMatchObject({ status: 403 });
    const everywhere = { ...body, name: unique('All'), siteId: null };
    expect(await manager.call('POST', '/api/schedules', { json: everywhere })).toMatchObject({ status: 403 });
    const replaced = await manager.call('PUT', path, { json: { ...body, weekly: NEVER } });
    expect(replaced).toMatchObject({ status: 200, body: { weekly: NEVER } });
    const [row] = await server.dataSource.query(
      `SELECT action, before, after FROM audit_entry WHERE subject_id = $1 ORDER BY id DESC LIMIT 1`,
      [made.body.id],
    );
    expect(row).toMatchObject({
      action: 'schedule/changed',
      after: { weekly: NEVER },
      before: { weekly: OFFICE },
    });
  });
});

describe('a door', () => {
  let agent: TestAgent;
  beforeEach(async () => {
    agent = await TestAgent.connect(server.url, door.token);
    await agent.hello({ capabilities: ['access-rules'] });
  });
  afterEach(() => agent.close());

  it('is told its own rules and nothing of other doors', async () => {
    const other = (await post('/api/doors', { name: 'Elsewhere' })).body.door.id as string;
    const rules = await rulesOf(agent);
    expect(rules.doors.map(({ id }) => id)).toEqual([door.id]);
    expect(rules.doors[0]?.rules.timeZone).toBe('Asia/Seoul');
    expect(JSON.stringify(rules)).not.toContain(other);
    const people = (await agent.pullAll()).filter((change) => change.kind === 'person.put');
    expect(people.find(({ person }) => person.id === personId)?.person.groupIds).toHaveLength(1);
  });

  it('hears of a change at once', async () => {
    await rulesOf(agent);
    agent.received.length = 0;
    const changed = agent.message('sync.changed');
    await put(`/api/doors/${door.id}/rules`, {
      twoPerson: { count: 2, withinMs: 10_000, approverGroupIds: null },
    });
    await changed;
    expect((await rulesOf(agent)).doors[0]?.rules.twoPerson).toMatchObject({ count: 2 });
    expect(await put(`/api/doors/${door.id}/rules`, {})).toMatchObject({
      status: 200,
      body: { rules: { twoPerson: null } },
    });
  });

  it('that does not know rules is sent none', async () => {
    const old = await TestAgent.connect(server.url, door.token);
    await old.hello();
    expect((await old.pullAll()).filter((change) => change.kind === 'rules.put')).toEqual([]);
    old.close();
  });

  it('cannot be interlocked with itself, or lead from an area into the same', async () => {
    const area = await post('/api/areas', {
      name: unique('Area'),
      siteId,
      occupancyMax: null,
      antiPassback: { mode: 'off', forgetAfterMs: null },
    });
    expect(await put(`/api/doors/${door.id}/rules`, { interlockDoorIds: [door.id] })).toMatchObject({
      status: 422,
    });
    const loop = { fromAreaId: area.body.id, toAreaId: area.body.id };
    expect(await put(`/api/doors/${door.id}/rules`, loop)).toMatchObject({ status: 422 });
    expect(await stranger.call('PUT', `/api/doors/${door.id}/rules`, { json: {} })).toMatchObject({
      status: 403,
    });
  });

  it('is unlocked for a time by an operator, with a reason', async () => {
    const operator = await server.as('operator', siteId);
    const path = `/api/doors/${door.id}/override`;
    const json = { state: 'unlocked', forMs: 60_000, reason: 'Delivery' };
    expect(await operator.call('PUT', path, { json })).toMatchObject({
      status: 200,
      body: { overrides: [{ state: 'unlocked', priority: 'operator' }] },
    });
    expect((await rulesOf(agent)).overrides).toHaveLength(1);
    expect(await operator.call('PUT', path, { json: { ...json, priority: 'emergency' } })).toMatchObject({
      status: 403,
    });
    expect(await operator.call('PUT', path, { json: { ...json, forMs: null } })).toMatchObject({
      status: 400,
    });
    expect(await operator.call('PUT', path, { json: { ...json, reason: '' } })).toMatchObject({
      status: 400,
    });
    const normal = { state: 'normal', forMs: null, reason: 'Done' };
    expect(await operator.call('PUT', path, { json: normal })).toMatchObject({ body: { overrides: [] } });
    expect(await stranger.call('PUT', path, { json })).toMatchObject({ status: 403 });
  });
});

describe('a lockdown', () => {
  it('closes a site in one request for all but the exempt, until it is lifted', async () => {
    const groupId = await allow(await makeSchedule(OFFICE));
    const at = '2026-11-24T02:00:00Z';
    const scope = { kind: 'site', siteId };
    const started = await manager.call('POST', '/api/lockdowns', {
      json: { scope, exemptGroupIds: [], reason: 'Intruder' },
    });
    expect(started).toMatchObject({ status: 201, body: { note: 'Intruder', liftedAt: null } });
    expect((await why(at)).body.decision.reason).toBe('lockdown');
    const second = await manager.call('POST', '/api/lockdowns', {
      json: {
        scope: { kind: 'doors', doorIds: [door.id] },
        exemptGroupIds: [groupId],
        reason: 'Guards pass',
      },
    });
    await manager.call('POST', `/api/lockdowns/${started.body.id}/lift`, { json: { reason: 'Over' } });
    expect((await why(at)).body.decision.outcome).toBe('granted');
    const lifted = await manager.call('POST', `/api/lockdowns/${second.body.id}/lift`, {
      json: { reason: 'Over' },
    });
    expect(lifted.body.liftedAt).not.toBeNull();
    const { items } = (await manager.call('GET', '/api/lockdowns')).body;
    expect(items.length).toBeGreaterThanOrEqual(2);
    expect((await stranger.call('GET', '/api/lockdowns')).body.items).toEqual([]);
    const rows = await server.dataSource.query(
      `SELECT reason, site_id FROM audit_entry WHERE action LIKE 'lockdown/%' AND subject_id = $1 ORDER BY id`,
      [started.body.id],
    );
    expect(rows).toEqual([
      { reason: 'Intruder', site_id: siteId },
      { reason: 'Over', site_id: siteId },
    ]);
  });

  it('is refused for another site, for what is not there, and without a reason', async () => {
    const json = { scope: { kind: 'site', siteId }, exemptGroupIds: [], reason: 'Because' };
    expect(await stranger.call('POST', '/api/lockdowns', { json })).toMatchObject({ status: 403 });
    const nowhere = { ...json, scope: { kind: 'doors', doorIds: [newId()] } };
    expect(await post('/api/lockdowns', nowhere)).toMatchObject({ status: 422 });
    expect(await post('/api/lockdowns', { ...json, reason: '  ' })).toMatchObject({ status: 400 });
    expect(await post(`/api/lockdowns/${newId()}/lift`, { reason: 'Over' })).toMatchObject({ status: 404 });
  });
});

describe('muster', () => {
  it('says who is inside from last events, and forgives', async () => {
    const area = await post('/api/areas', {
      name: unique('Lab'),
      siteId,
      occupancyMax: 1,
      antiPassback: { mode: 'hard', forgetAfterMs: null },
    });
    const areaId = area.body.id as string;
    await allow(
      await makeSchedule(
        Object.fromEntries(Object.keys(NEVER).map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
      ),
    );
    await put(`/api/doors/${door.id}/rules`, { toAreaId: areaId });
    const agent = await TestAgent.connect(server.url, door.token);
    await agent.hello();
    await agent.push([makeEvent(1, { outcome: 'granted', reason: 'matched', personId, similarity: 0.9 })]);
    agent.close();
    const all = (await manager.call('GET', `/api/muster?siteId=${siteId}`)).body.areas as {
      area: { id: string };
      people: { id: string; name: string }[];
    }[];
    expect(all.find((each) => each.area.id === areaId)?.people).toMatchObject([
      { id: personId, name: 'Kim' },
    ]);
    expect((await why()).body.decision.reason).toBe('anti-passback');
    const forgive = { reason: 'Left by the fire escape' };
    expect(await stranger.call('POST', `/api/areas/${areaId}/forgive`, { json: forgive })).toMatchObject({
      status: 403,
    });
    expect(await manager.call('POST', `/api/areas/${areaId}/forgive`, { json: forgive })).toMatchObject({
      status: 204,
    });
    expect((await why()).body.decision.outcome).toBe('granted');
    expect(await stranger.call('GET', `/api/muster?siteId=${siteId}`)).toMatchObject({ status: 403 });
    await put(`/api/doors/${door.id}/rules`, {});
  });
});

describe('a site', () => {
  it('has a wall clock that is one, and goes when nothing belongs to it', async () => {
    expect(await post('/api/sites', { name: 'Mars', timeZone: 'Mars/Olympus' })).toMatchObject({
      status: 400,
    });
    const made = await post('/api/sites', { name: unique('Site'), timeZone: 'America/New_York' });
    const path = `/api/sites/${made.body.id}`;
    expect(await server.call('PATCH', path, { json: { timeZone: 'Asia/Seoul' } })).toMatchObject({
      status: 200,
      body: { timeZone: 'Asia/Seoul', doorCount: 0 },
    });
    expect(await server.call('DELETE', path)).toMatchObject({ status: 204 });
    expect(await server.call('DELETE', `/api/sites/${siteId}`)).toMatchObject({
      status: 409,
      body: { code: 'sites/in-use' },
    });
    expect((await manager.call('GET', '/api/sites')).body.items).toMatchObject([{ id: siteId }]);
    expect(await manager.call('GET', `/api/sites/${otherSiteId}`)).toMatchObject({ status: 403 });
    expect(await manager.call('POST', '/api/sites', { json: { name: 'X', timeZone: 'UTC' } })).toMatchObject({
      status: 403,
    });
  });
});
