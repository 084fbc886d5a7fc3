import type { CustomField, Person } from '@munjigi/contracts';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());

const put = (key: string, json: object) => server.call('PUT', `/api/custom-fields/${key}`, { json });

describe('custom fields', () => {
  it('are made, changed and listed in the order of their place', async () => {
    expect(await put('colour', { label: '색', type: 'choice', choices: ['red'], position: 2 })).toMatchObject(
      {
        status: 200,
      },
    );
    await put('locker', { label: 'Locker', type: 'number', position: 1 });
    await put('colour', { label: 'Colour', type: 'choice', choices: ['red', 'blue'], position: 0 });
    const { body } = await server.call('GET', '/api/custom-fields');
    expect(body.items.map(({ key, choices }: CustomField) => [key, choices])).toEqual([
      ['colour', ['red', 'blue']],
      ['locker', []],
    ]);
  });

  it('keep their type', async () => {
    await put('fixed', { label: 'Fixed', type: 'text' });
    expect(await put('fixed', { label: 'Fixed', type: 'number' })).toMatchObject({
      status: 409,
      body: { code: 'custom-fields/type-fixed' },
    });
  });

  it('that are deleted take their values with them, which counts as a change of who had one', async () => {
    await put('gone', { label: 'Gone', type: 'text' });
    const { body } = await server.call('POST', '/api/people', {
      json: { name: 'Has one', customFields: { gone: 'x' } },
    });
    expect(await server.call('DELETE', '/api/custom-fields/gone')).toMatchObject({ status: 204 });
    const person = (await server.call('GET', `/api/people/${body.id}`)).body as Person;
    expect(person).toMatchObject({ customFields: {}, version: 2 });
    expect(await server.call('DELETE', '/api/custom-fields/gone')).toMatchObject({
      status: 404,
      body: { code: 'custom-fields/not-found' },
    });
  });

  it.each([
    ['Not-a-key', { label: 'x', type: 'text' }],
    ['ok', { label: '', type: 'text' }],
    ['ok', { label: 'x', type: 'choice' }],
    ['ok', { label: 'x', type: 'text', choices: ['a'] }],
    ['ok', { label: 'x', type: 'choice', choices: ['a', 'a'] }],
    ['ok', { label: 'x', type: 'colour' }],
  ])('are not made as %s %j', async (key, json) => {
    expect(await put(key, json)).toMatchObject({ status: 400 });
  });

  it('are read by a registrar, and made by nobody of one site', async () => {
    const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
    const registrar = await server.as('registrar', site.id);
    expect(await registrar.call('GET', '/api/custom-fields')).toMatchObject({ status: 200 });
    const administrator = await server.as('administrator', site.id);
    for (const [method, json] of [
      ['PUT', { label: 'x', type: 'text' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await administrator.call(method, '/api/custom-fields/mine', { json })).toMatchObject({
        status: 403,
      });
    }
  });
});
