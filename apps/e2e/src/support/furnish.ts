import { randomUUID } from 'node:crypto';
import { ApiClient, seedDatabase } from '@munjigi/tools';
import { Client } from 'pg';
import { makeFloorPlan } from './floor-plan';
import type { Deployment } from './deployment';

/** Who furnishes, and is shown what was furnished. */
export const OWNER = { email: 'owner@example.com', password: 'seven quiet magpies' } as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CONTENT = { sites: 1, doors: 6, people: 48, events: 4_000, months: 1, seed: 20 } as const;
const WORKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const DAYS = [...WORKDAYS, 'saturday', 'sunday'];

const DOOR_NAMES = ['정문', '로비', '서버실', 'Car park', '연구동 입구', '연구동 출구'];

/** What the pages show. */
export interface Furnishing {
  readonly siteId: string;
  readonly doorIds: readonly string[];
  readonly personId: string;
  readonly rules: Rules;
}

interface Rules {
  readonly calendarId: string;
  readonly scheduleId: string;
  readonly levelId: string;
  readonly groupId: string;
}

/** Fills a new deployment with an organisation that never was: people, doors, a month of visits, rules, alarms. */
export async function furnish(deployment: Deployment): Promise<Furnishing> {
  const { email, password } = OWNER;
  const client = new ApiClient(deployment.url);
  await client.login(email, password);
  const api = new Furnisher(client);
  const database = new Client({ host: deployment.databaseSocket, user: 'munjigi', database: 'munjigi' });
  await database.connect();
  try {
    const { organisation } = await seedDatabase(
      { ...CONTENT, untilMs: Math.floor(Date.now() / HOUR_MS) * HOUR_MS },
      database,
      () => undefined,
    );
    const { rows } = await database.query<{ id: string }>('SELECT id FROM site WHERE id <> $1', [
      organisation.sites[0]?.id,
    ]);
    const siteId = organisation.sites[0]?.id ?? '';
    const doorIds = organisation.doors.map(({ id }) => id);
    const personIds = organisation.people.map(({ id }) => id);
    for (const [index, name] of DOOR_NAMES.entries())
      await api.send('PATCH', `/api/doors/${doorIds[index]}`, { name });
    await nameSites(api, siteId, rows[0]?.id);
    const rules = await addRules(api, siteId, doorIds, personIds);
    await addAlarms(database, siteId, doorIds);
    await addVisitor(api, siteId, personIds[3] ?? '');
    await addPapers(api, siteId);
    await addFloorPlan(client, api, { siteId, doorIds });
    const somebody = organisation.people.find(({ name }) => /[가-힣]/.test(name));
    return { siteId, doorIds, personId: somebody?.id ?? '', rules };
  } finally {
    await database.end();
  }
}

async function nameSites(api: Furnisher, siteId: string, firstSiteId?: string): Promise<void> {
  await api.send('PATCH', `/api/sites/${siteId}`, { name: '서울 본사', timeZone: 'Asia/Seoul' });
  if (firstSiteId)
    await api.send('PATCH', `/api/sites/${firstSiteId}`, { name: '부산 물류센터', timeZone: 'Asia/Seoul' });
}

async function addRules(
  api: Furnisher,
  siteId: string,
  doorIds: readonly string[],
  personIds: readonly string[],
): Promise<Rules> {
  const { id: calendarId } = await api.send('POST', '/api/holiday-calendars', {
    ...{ name: '공휴일', siteId },
    days: [
      { name: '신정', date: '2026-01-01', yearly: true },
      { name: '추석', date: '2026-09-24', lastDate: '2026-09-26' },
      { name: '성탄절', date: '2026-12-25', yearly: true },
    ],
  });
  const week = (days: readonly string[], from: string, to: string) =>
    Object.fromEntries(DAYS.map((day) => [day, days.includes(day) ? [{ from, to }] : []]));
  const times = { siteId, holiday: [], holidayCalendarIds: [calendarId], exceptions: [] };
  const office = { ...times, name: '근무 시간', weekly: week(WORKDAYS, '07:30', '20:00') };
  const cleaning = { ...times, name: 'Cleaning', weekly: week(['tuesday', 'friday'], '21:00', '23:00') };
  const { id: scheduleId } = await api.send('POST', '/api/schedules', office);
  await api.send('POST', '/api/schedules', cleaning);
  const doors = { kind: 'doors', doorIds: doorIds.slice(0, 4) };
  const level = { name: '일반 출입', siteId, entries: [{ doors, scheduleId: scheduleId }] };
  const { id: levelId } = await api.send('POST', '/api/access-levels', level);
  const { id: groupId } = await api.send('POST', '/api/groups', { name: '개발팀', siteId });
  await api.send('PUT', `/api/groups/${groupId}/access`, { accessLevelIds: [levelId] });
  for (const id of personIds.slice(0, 9))
    await api.send('PATCH', `/api/people/${id}`, { groupIds: [groupId] });
  const antiPassback = { mode: 'soft', forgetAfterMs: 12 * HOUR_MS };
  const area = { siteId, name: '연구동', occupancyMax: 40, antiPassback };
  const { id: areaId } = await api.send('POST', '/api/areas', area);
  await api.send('PUT', `/api/doors/${doorIds[4]}/rules`, { fromAreaId: null, toAreaId: areaId });
  await api.send('PUT', `/api/doors/${doorIds[5]}/rules`, { fromAreaId: areaId, toAreaId: null });
  return { calendarId, scheduleId, levelId, groupId };
}

async function addAlarms(database: Client, siteId: string, doorIds: readonly string[]): Promise<void> {
  const alarms = [
    ['door-forced', 'critical', 'raised', doorIds[2], 4],
    ['door-held-open', 'high', 'raised', doorIds[0], 18],
    ['tamper', 'high', 'acknowledged', doorIds[3], 95],
    ['door-held-open', 'medium', 'resolved', doorIds[1], 1_300],
  ] as const;
  for (const [kind, severity, state, doorId, minutesAgo] of alarms) {
    const at = new Date(Date.now() - minutesAgo * 60_000);
    const handled = state === 'raised' ? null : at;
    await database.query(
      `INSERT INTO alarm (id, key, kind, severity, state, site_id, door_id, raised_at, last_at, count, details,
         acknowledged_at, resolved_at)
       VALUES ($1::uuid, $1::text, $2, $3, $4, $5, $6, $7, $7, 1, '{}', $8, $9)`,
      [randomUUID(), kind, severity, state, siteId, doorId, at, handled, state === 'resolved' ? at : null],
    );
  }
}

async function addVisitor(api: Furnisher, siteId: string, hostId: string): Promise<void> {
  const [from, until] = [Date.now() - HOUR_MS, Date.now() + 3 * HOUR_MS].map((ms) =>
    new Date(ms).toISOString(),
  );
  const visitor = { name: '윤가람', company: '다올 설비', purpose: '엘리베이터 점검' };
  await api.send('POST', '/api/visitors', { ...visitor, hostId, siteId, from, until });
}

async function addPapers(api: Furnisher, siteId: string): Promise<void> {
  const expiresAt = new Date(Date.now() + 90 * DAY_MS).toISOString();
  await api.send('POST', '/api/tokens', {
    ...{ name: '급여 시스템', permissions: ['events:read', 'people:read'], siteIds: [siteId], expiresAt },
  });
  await api.send('POST', '/api/webhooks', {
    ...{
      name: 'Guard desk',
      url: 'https://desk.example.com/munjigi',
      events: ['alarm.raised'],
      siteIds: [siteId],
    },
  });
  const report = {
    kind: 'attendance',
    parameters: { period: { kind: 'relative', of: 'last-month' }, siteId },
  };
  await api.send('POST', '/api/reports/saved', { name: '월간 근태', report, shared: true });
}

async function addFloorPlan(
  client: ApiClient,
  api: Furnisher,
  { siteId, doorIds }: Pick<Furnishing, 'siteId' | 'doorIds'>,
): Promise<void> {
  const body = new FormData();
  body.set('photo', new Blob([await makeFloorPlan()]), 'plan.png');
  body.set('name', '1층');
  body.set('siteId', siteId);
  const headers = { cookie: client.sessionCookie };
  const made = await fetch(`${client.baseUrl}/api/floor-plans`, { method: 'POST', headers, body });
  const { id } = (await made.json()) as { readonly id: string };
  const places = [
    ...[
      [0.5, 0.91],
      [0.5, 0.6],
      [0.82, 0.3],
      [0.08, 0.7],
      [0.24, 0.43],
      [0.36, 0.43],
    ],
  ].map(([x, y], index) => ({ doorId: doorIds[index], x, y }));
  await api.send('PUT', `/api/floor-plans/${id}/doors`, { doors: places });
}

/** Sends requests as the owner. */
class Furnisher {
  constructor(private readonly client: ApiClient) {}

  /** @throws with the refusal */
  async send(method: string, path: string, json: object): Promise<{ readonly id: string }> {
    const response = await fetch(this.client.baseUrl + path, {
      method,
      headers: { 'content-type': 'application/json', cookie: this.client.sessionCookie },
      body: JSON.stringify(json),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as { readonly id: string };
  }
}
