import type { Person } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestServer, type Caller } from '../../testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());

const create = async (json: object = {}): Promise<Person> =>
  (await server.call('POST', '/api/people', { json: { name: 'One of many', ...json } })).body as Person;
const read = async ({ id }: Person): Promise<Person> =>
  (await server.call('GET', `/api/people/${id}`)).body as Person;
const bulk = (personIds: string[], action: object, by: Pick<Caller, 'call'> = server) =>
  by.call('POST', '/api/people/bulk', { json: { personIds, action } });

describe('one thing done to many people', () => {
  it('is done to each, and who cannot have it is named with why', async () => {
    const [first, second] = [await create(), await create()];
    const nobody = newId();
    const answer = await bulk([first.id, nobody, second.id, first.id], {
      kind: 'suspend',
      reason: 'Works abroad',
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { changed: 2, refused: [{ personId: nobody, code: 'people/not-found', detail: null }] },
    });
    for (const person of [first, second]) {
      expect(await read(person)).toMatchObject({
        status: 'suspended',
        statusReason: 'Works abroad',
        version: 2,
      });
    }
  });

  it('may be any of the actions', async () => {
    const person = await create();
    const group = (await server.call('POST', '/api/groups', { json: { name: 'Bulk' } })).body as {
      id: string;
    };
    const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
    const until = '2999-01-01T00:00:00.000Z';
    const steps: [object, object][] = [
      [
        { kind: 'add-to-group', groupId: group.id },
        { groups: [{ id: group.id, name: 'Bulk' }, { name: 'Everybody' }] },
      ],
      [{ kind: 'remove-from-group', groupId: group.id }, { groups: [{ name: 'Everybody' }] }],
      [
        { kind: 'block', reason: 'Left' },
        { status: 'blocked', statusReason: 'Left' },
      ],
      [{ kind: 'activate' }, { status: 'active', statusReason: null }],
      [{ kind: 'set-department', department: 'Sales' }, { department: 'Sales' }],
      [{ kind: 'set-site', siteId: site.id }, { siteId: site.id }],
      [{ kind: 'set-valid-until', validUntil: until }, { validUntil: until }],
    ];
    for (const [action, expected] of steps) {
      expect((await bulk([person.id], action)).body).toEqual({ changed: 1, refused: [] });
      expect(await read(person)).toMatchObject(expected);
    }
    await bulk([person.id], { kind: 'delete' });
    expect(await server.call('GET', `/api/people/${person.id}`)).toMatchObject({ status: 404 });
  });

  it('leaves alone who somebody may not write', async () => {
    const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
    const [own, shared] = [await create({ siteId: site.id }), await create()];
    const registrar = await server.as('registrar', site.id);
    const answer = await bulk([own.id, shared.id], { kind: 'delete' }, registrar);
    expect(answer.body).toMatchObject({
      changed: 1,
      refused: [{ personId: shared.id, code: 'auth/forbidden' }],
    });
    expect(await read(shared)).toMatchObject({ id: shared.id });
  });

  it.each([
    [[], { kind: 'activate' }],
    [[newId()], { kind: 'promote' }],
    [[newId()], { kind: 'suspend' }],
    [Array.from({ length: 1001 }, newId), { kind: 'activate' }],
  ])('is refused where it makes no sense (%#)', async (personIds, action) => {
    expect(await bulk(personIds, action)).toMatchObject({ status: 400 });
  });
});
