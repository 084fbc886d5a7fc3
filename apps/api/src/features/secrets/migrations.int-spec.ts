import { createDataSource } from '../../platform/database/data-source';
import { migrate, schemaIsCurrent } from '../../platform/database/migrate';
import { TestServer } from '../../testing/test-server';
import { addTemplates } from '../../testing/test-templates';
import { EnrolmentCrops } from '../people/enrolment-crops';

describe('the migrations of keys and privacy', () => {
  it('go back with data, leaving nothing that the earlier release could not open, and forward again', async () => {
    const server = await (await TestServer.start()).signIn();
    const { dataSource } = server;
    const ids = await addTemplates(server, 3);
    const [{ person_id: personId }] = await dataSource.query('SELECT person_id FROM template WHERE id = $1', [
      ids.get(0),
    ]);
    const crops = server.running.app.get(EnrolmentCrops, { strict: false });
    await dataSource.transaction((manager) => crops.add(manager, personId as string, Buffer.from('x')));
    await server.call('POST', '/api/doors', { json: { name: 'Told' } });
    await server.call('POST', '/api/consent-texts', { json: { texts: { en: 'I agree.' } } });
    await server.call('POST', `/api/people/${personId}/consents`, { json: { textVersion: 1, how: 'paper' } });
    const { body: page } = await server.call('GET', '/api/people?limit=1');
    await server.call('POST', `/api/people/${page.items[0].id}/erasure`, { json: { reason: 'asked' } });

    // The server's own role may not change the schema.
    const owner = await createDataSource({ url: server.databaseUrl }, []).initialize();
    const undone: string[] = [];
    while (!undone.includes('KeysOfPeople1790600000000')) {
      const [{ name }] = await owner.query('SELECT name FROM schema_migration ORDER BY id DESC LIMIT 1');
      await owner.undoLastMigration({ transaction: 'each' });
      undone.push(name as string);
    }
    expect(undone).toEqual(expect.arrayContaining(['EnrolmentCrops1790960000000', 'Privacy1790950000000']));
    const [left] = await owner.query(
      `SELECT (SELECT count(*)::int FROM person) AS people, (SELECT count(*)::int FROM template) AS templates`,
    );
    expect(left).toEqual({ people: 2, templates: 0 });

    await migrate(owner);
    expect(await schemaIsCurrent(owner)).toBe(true);
    await owner.destroy();
    await server.close();
  });
});
