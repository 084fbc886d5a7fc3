import type { DataSource } from 'typeorm';
import { ENTITIES } from '../../entities';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { createDataSource } from './data-source';
import { migrate, schemaIsCurrent, withPreparationLock } from './migrate';
import { newId } from './uuid';

describe('schema', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url }, ENTITIES).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('is what the entities say', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map((query) => query.query)).toEqual([]);
  });

  it('notices a table that differs', async () => {
    await dataSource.query('ALTER TABLE site ADD COLUMN surplus text');
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.query('ALTER TABLE site DROP COLUMN surplus');
    expect(upQueries).toHaveLength(1);
  });

  it('is current after the migrations, which run again without harm', async () => {
    await migrate(dataSource);
    expect(await schemaIsCurrent(dataSource)).toBe(true);
  });

  it('goes down and up again', async () => {
    const other = await createTestDatabase();
    const source = await createDataSource({ url: other.url }, ENTITIES).initialize();
    await source.undoLastMigration({ transaction: 'each' });
    expect(await schemaIsCurrent(source)).toBe(false);
    await migrate(source);
    expect(await schemaIsCurrent(source)).toBe(true);
    await source.destroy();
    await other.drop();
  });

  it('is made once when two servers start on an empty database at the same moment', async () => {
    const empty = await createTestDatabase('template1');
    const sources = await Promise.all(
      [1, 2, 3].map(() => createDataSource({ url: empty.url }, ENTITIES).initialize()),
    );
    await Promise.all(sources.map((source) => withPreparationLock(source, () => migrate(source))));
    const rows = await sources[0]?.query('SELECT name FROM schema_migration');
    expect(rows).toHaveLength(sources[0]?.migrations.length ?? -1);
    await Promise.all(sources.map((source) => source.destroy()));
    await empty.drop();
  });

  it('of a newer release is refused', async () => {
    await dataSource.query(`INSERT INTO schema_migration (timestamp, name) VALUES (2, 'FromTheFuture2')`);
    await expect(migrate(dataSource)).rejects.toMatchObject({ code: 'database/newer-schema' });
    await dataSource.query(`DELETE FROM schema_migration WHERE name = 'FromTheFuture2'`);
  });

  it.each(['UPDATE audit_entry SET action = $1', 'DELETE FROM audit_entry WHERE action <> $1'])(
    'lets nobody change the audit log: %s',
    async (statement) => {
      await dataSource.query(
        `INSERT INTO audit_entry (id, at, actor_kind, actor_name, action, details, digest)
         VALUES ($1, now(), 'system', 'test', 'test/kept', '{}', '')`,
        [newId()],
      );
      await expect(dataSource.query(statement, ['test/changed'])).rejects.toThrow('append-only');
    },
  );
});
