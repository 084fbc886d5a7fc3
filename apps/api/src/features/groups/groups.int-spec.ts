import type { AccessGroup } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
let siteId: string;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
  siteId = site.id;
});
afterAll(() => server.close());

const create = (name: string, site: string | null = null) =>
  server.call('POST', '/api/groups', { json: { name, siteId: site } });

describe('access groups', () => {
  it('are made, renamed, listed by name with how many are in them, and deleted', async () => {
    const { id } = (await create('Zebra crew')).body as AccessGroup;
    await create('alpha crew');
    const person = await server.call('POST', '/api/people', { json: { name: 'Member', groupIds: [id] } });
    expect(person.status).toBe(201);
    expect(await server.call('PATCH', `/api/groups/${id}`, { json: { name: 'Beta crew' } })).toMatchObject({
      status: 200,
      body: { id, name: 'Beta crew', siteId: null, people: 1 },
    });
    const { body } = await server.call('GET', '/api/groups');
    expect(body.items.map(({ name, people }: AccessGroup) => [name, people])).toEqual([
      ['alpha crew', 0],
      ['Beta crew', 1],
      ['Everybody', expect.any(Number)],
    ]);
    expect(await server.call('DELETE', `/api/groups/${id}`)).toMatchObject({ status: 204 });
    expect((await server.call('GET', `/api/people/${person.body.id}`)).body.groups).toEqual([]);
  });

  it('that are deleted are told to the doors through their people', async () => {
    const { id } = (await create('Told')).body as AccessGroup;
    const person = await server.call('POST', '/api/people', { json: { name: 'Member', groupIds: [id] } });
    const revision = async () =>
      (
        await server.dataSource.query<[{ revision: string }]>(
          'SELECT revision FROM change WHERE entity_id = $1',
          [person.body.id],
        )
      )[0].revision;
    const before = await revision();
    await server.call('DELETE', `/api/groups/${id}`);
    expect(Number(await revision())).toBeGreaterThan(Number(before));
  });

  it('have names of their own within a site', async () => {
    expect((await create('Same')).status).toBe(201);
    expect((await create('Same', siteId)).status).toBe(201);
    for (const site of [null, siteId]) {
      expect(await create('Same', site)).toMatchObject({ status: 409, body: { code: 'groups/name-taken' } });
    }
    expect(await create('Elsewhere', newId())).toMatchObject({
      status: 400,
      body: { code: 'groups/unknown-site' },
    });
    expect(await create('  ')).toMatchObject({ status: 400 });
  });

  it('of a site are that site’s: others neither see nor change them', async () => {
    const otherSiteId = newId();
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Other', now())`, [
      otherSiteId,
    ]);
    const [own, other, shared] = await Promise.all(
      [siteId, otherSiteId, null].map(async (site) => (await create('Scoped', site)).body as AccessGroup),
    );
    const manager = await server.as('site-manager', siteId);
    const { body } = await manager.call('GET', '/api/groups');
    const ids = body.items.map(({ id }: AccessGroup) => id);
    expect(ids).toEqual(expect.arrayContaining([own?.id, shared?.id]));
    expect(ids).not.toContain(other?.id);
    const rename = (group?: AccessGroup) =>
      manager.call('PATCH', `/api/groups/${group?.id}`, { json: { name: 'Renamed' } });
    expect((await Promise.all([own, other, shared].map(rename))).map(({ status }) => status)).toEqual([
      200, 403, 403,
    ]);
    expect(await manager.call('DELETE', `/api/groups/${other?.id}`)).toMatchObject({ status: 403 });
  });

  it('that do not exist are not found', async () => {
    for (const [method, json] of [
      ['PATCH', { name: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await server.call(method, `/api/groups/${newId()}`, { json })).toMatchObject({
        status: 404,
        body: { code: 'groups/not-found' },
      });
    }
  });
});
