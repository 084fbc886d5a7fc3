import type { PeoplePage, Person } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
let siteId: string;
let groupId: string;

const PEOPLE = [
  { name: 'Ada', employeeNumber: '30', department: 'Sales', email: 'ada@one.example' },
  { name: 'Bea', employeeNumber: '10', department: 'Legal', status: 'blocked', statusReason: 'Left' },
  { name: 'Cem', employeeNumber: '20', department: 'Sales' },
  { name: 'Dia', validUntil: new Date(Date.now() + 5 * 86_400_000).toISOString() },
  { name: 'Eun', validUntil: new Date(Date.now() - 86_400_000).toISOString() },
] as const;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
  siteId = site.id;
  groupId = (await server.call('POST', '/api/groups', { json: { name: 'Crew' } })).body.id as string;
  const people: Person[] = [];
  for (const json of PEOPLE) people.push((await server.call('POST', '/api/people', { json })).body as Person);
  const [ada, bea, cem] = people.map(({ id }) => id);
  await server.call('PATCH', `/api/people/${ada}`, { json: { groupIds: [groupId] } });
  await server.call('PATCH', `/api/people/${bea}`, { json: { siteId } });
  for (const [personId, modelId] of [
    [ada, 'model-one'],
    [cem, 'model-two'],
  ]) {
    await server.dataSource.query(
      `INSERT INTO template (id, person_id, model_id, origin, sealed_embedding, created_at)
       VALUES ($1, $2, $3, 'photo', '', now())`,
      [newId(), personId, modelId],
    );
  }
  await server.dataSource.query(`UPDATE person SET created_at = now() - interval '90 days'`);
  await server.dataSource.query(
    `INSERT INTO person_activity VALUES ($1, now() - interval '10 days'), ($2, now() - interval '40 days')`,
    [ada, bea],
  );
});
afterAll(() => server.close());

const list = async (query: string): Promise<PeoplePage> => {
  const answer = await server.call('GET', `/api/people?${query}`);
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  return answer.body as PeoplePage;
};
const names = async (query: string) => (await list(query)).items.map(({ name }) => name).join(' ');

describe('a list of people', () => {
  it.each([
    ['search=ONE.exa', 'Ada'],
    ['search=legal', 'Bea'],
    ['search=20', 'Cem'],
    ['search=a%1F3', ''],
    ['search=aD', 'Ada'],
    ['search=%25a', ''],
    ['status=blocked', 'Bea'],
    ['status=active', 'Ada Cem Dia Eun'],
    ['department=Sales', 'Ada Cem'],
    ['site=none', 'Ada Cem Dia Eun'],
    ['kind=visitor', ''],
    ['credentials=some', 'Ada Cem'],
    ['credentials=none', 'Bea Dia Eun'],
    ['modelId=model-one', 'Ada'],
    ['credentials=none&modelId=model-one', 'Bea Cem Dia Eun'],
    ['expiringWithinDays=7', 'Dia'],
    ['expiringWithinDays=2', ''],
    ['idleDays=30', 'Bea Cem Dia Eun'],
    ['idleDays=60', 'Cem Dia Eun'],
    ['idleDays=100', ''],
    ['department=Sales&credentials=some&modelId=model-two', 'Cem'],
  ])('for %s has: %s', async (query, expected) => {
    expect(await names(query)).toBe(expected);
    const all = expected === '' ? [] : expected.split(' ');
    expect((await list(`${query}&limit=1`)).total).toBe(all.length);
  });

  it('is cut to a group and to a site', async () => {
    expect(await names(`groupId=${groupId}`)).toBe('Ada');
    expect(await names(`site=${siteId}`)).toBe('Bea');
  });

  it.each([
    ['name', 'Ada Bea Cem Dia Eun'],
    ['employeeNumber', 'Dia Eun Bea Cem Ada'],
    ['department', 'Dia Eun Bea Ada Cem'],
    ['validUntil', 'Eun Dia Ada Bea Cem'],
    ['lastGrantedAt', 'Cem Dia Eun Bea Ada'],
    ['updatedAt', 'Cem Dia Eun Ada Bea'],
  ])('by %s is in order, both ways, page after page', async (sort, expected) => {
    for (const order of ['ascending', 'descending']) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: PeoplePage = await list(
          `sort=${sort}&order=${order}&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
        );
        seen.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      } while (cursor);
      const wanted = order === 'ascending' ? expected : expected.split(' ').reverse().join(' ');
      expect(seen.join(' ')).toBe(wanted);
    }
  });

  it('takes no cursor of another order', async () => {
    const { nextCursor } = await list('sort=name&limit=1');
    const answer = await server.call('GET', `/api/people?sort=createdAt&cursor=${nextCursor}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/invalid-cursor' } });
  });

  it.each([
    'sort=age',
    'status=gone',
    'site=here',
    'groupId=1',
    'idleDays=0',
    'expiringWithinDays=x',
    'credentials=1',
  ])('is refused for %s', async (query) => {
    expect(await server.call('GET', `/api/people?${query}`)).toMatchObject({ status: 400 });
  });
});
