import { personSchema, type PeoplePage, type Person } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());

const create = async (name: string): Promise<Person> =>
  (await server.call('POST', '/api/people', { json: { name } })).body as Person;
const list = (query: string) => server.call('GET', `/api/people?${query}`);

describe('people', () => {
  it('are added, read, renamed and deleted', async () => {
    const created = await server.call('POST', '/api/people', { json: { name: '  김민지 ' } });
    expect(created.status).toBe(201);
    expect(personSchema.parse(created.body)).toMatchObject({
      name: '김민지',
      templates: [],
      portraitUrl: null,
    });
    const path = `/api/people/${created.body.id}`;
    expect((await server.call('GET', path)).body).toEqual(created.body);

    const renamed = await server.call('PATCH', path, { json: { name: 'Kim Minji' } });
    expect(renamed).toMatchObject({
      status: 200,
      body: { name: 'Kim Minji', createdAt: created.body.createdAt },
    });

    expect(await server.call('DELETE', path)).toMatchObject({ status: 204 });
    for (const method of ['GET', 'DELETE']) {
      expect(await server.call(method, path)).toMatchObject({
        status: 404,
        body: { code: 'people/not-found' },
      });
    }
    expect(await server.call('PATCH', path, { json: { name: 'x' } })).toMatchObject({ status: 404 });
    expect(await server.call('GET', `${path}/portrait`)).toMatchObject({ status: 404 });
  });

  it('leave a tombstone in the change feed', async () => {
    const { id } = await create('Short Stay');
    await server.call('DELETE', `/api/people/${id}`);
    const rows = await server.dataSource.query('SELECT family, deleted FROM change WHERE entity_id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ family: 'person', deleted: true }]);
  });

  it('come by name in pages, with their number', async () => {
    const names = ['Zoe', 'ada', 'Ängstrom', 'Bob', '가영', '나래', 'Bob', 'élan'].map(
      (name) => `page ${name}`,
    );
    for (const name of names) await create(name);
    const seen: string[] = [];
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const page = await list(`search=page&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.body.total).toBe(names.length);
      expect(page.body.items.length).toBeLessThanOrEqual(3);
      for (const person of page.body.items) {
        seen.push(person.name.slice(5));
        ids.add(person.id);
      }
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['ada', 'Ängstrom', 'Bob', 'Bob', 'élan', 'Zoe', '가영', '나래']);
    expect(ids.size).toBe(names.length);
  });

  it('are found by a part of their name, in any case and in any normal form', async () => {
    await create('search 한지민');
    await create('search O’Brien 100%_sure\\');
    const found = async (search: string): Promise<string[]> =>
      ((await list(`search=${encodeURIComponent(search)}`)).body as PeoplePage).items.map(
        (person) => person.name,
      );
    expect(await found('지민')).toEqual(['search 한지민']);
    expect(await found('지민'.normalize('NFD'))).toEqual(['search 한지민']);
    expect(await found('o’bRIEN')).toEqual(['search O’Brien 100%_sure\\']);
    expect(await found('100%_s')).toHaveLength(1);
    expect(await found('1_0%')).toEqual([]);
    expect(await found('sure\\')).toHaveLength(1);
  });

  it.each([
    ['limit=0'],
    ['limit=201'],
    ['limit=ten'],
    ['cursor='],
    ['cursor=nonsense'],
    [`cursor=${Buffer.from('["a","b"]').toString('base64url')}`],
    [`cursor=${Buffer.from(JSON.stringify(['\0', newId()])).toString('base64url')}`],
    [`search=${'x'.repeat(201)}`],
    ['search=%00'],
  ])('are not listed for %s', async (query) => {
    const answer = await list(query);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toMatch(/^request\/(invalid|unstorable-text)/);
  });

  it.each([
    {},
    { name: '' },
    { name: '   ' },
    { name: 'x'.repeat(201) },
    { name: 'a\nb' },
    { name: 7 },
    null,
  ])('are not added as %j', async (json) => {
    const answer = await server.call('POST', '/api/people', { json });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('may be renamed by two at once', async () => {
    const { id } = await create('Twice');
    const answers = await Promise.all(
      ['one', 'two'].map((name) => server.call('PATCH', `/api/people/${id}`, { json: { name } })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  });

  it('are accounted for', async () => {
    const { id } = await create('Audited');
    await server.call('PATCH', `/api/people/${id}`, { json: { name: 'Audited Again' } });
    await server.call('DELETE', `/api/people/${id}`);
    const rows: { action: string; actor_id: string }[] = await server.dataSource.query(
      'SELECT action, actor_id FROM audit_entry WHERE subject_id = $1 ORDER BY id',
      [id],
    );
    expect(rows.map((row) => row.action)).toEqual(['person/created', 'person/renamed', 'person/deleted']);
    expect(rows.every((row) => row.actor_id)).toBe(true);
  });
});
