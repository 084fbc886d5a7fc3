import type { DataSource, EntityManager } from 'typeorm';
import { ENTITIES } from '../../entities';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { createDataSource } from '../database/data-source';
import { newId } from '../database/uuid';
import { ChangeFeed, type FeedEntry } from './change-feed';

const DOOR = newId();

describe('change feed', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let feed: ChangeFeed;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource({ url: database.url }, ENTITIES).initialize();
    // A new database has rules, and a change that says so.
    await dataSource.query('DELETE FROM change');
    feed = new ChangeFeed(dataSource);
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  const record = (manager: EntityManager, ...entityIds: string[]) =>
    feed.record(
      manager,
      entityIds.map((entityId) => ({ family: 'person', entityId, deleted: false })),
    );
  const page = (afterRevision: number, limit = 1000) =>
    feed.page(dataSource.manager, { afterRevision, limit, doorId: DOOR });

  it('gives changes in the order in which they were recorded', async () => {
    const ids = [newId(), newId(), newId()];
    await dataSource.transaction((manager) => record(manager, ...ids));
    const { entries, throughRevision, headRevision } = await page(0);
    expect(entries.map((entry) => entry.entityId)).toEqual(ids);
    expect(throughRevision).toBe(headRevision);
    expect(throughRevision).toBe(entries[2]?.revision);
  });

  it('cuts pages at the limit, without loss or repetition', async () => {
    const ids = Array.from({ length: 7 }, newId);
    await dataSource.transaction((manager) => record(manager, ...ids));
    const seen: string[] = [];
    let cursor = 0;
    for (;;) {
      const { entries, throughRevision, headRevision } = await page(cursor, 3);
      seen.push(...entries.map((entry) => entry.entityId));
      cursor = throughRevision;
      if (throughRevision === headRevision) break;
    }
    expect(seen).toEqual(ids);
  });

  it('keeps only the newest change of an entity', async () => {
    const id = newId();
    await dataSource.transaction((manager) => record(manager, id));
    await dataSource.transaction((manager) =>
      feed.record(manager, [{ family: 'person', entityId: id, deleted: true }]),
    );
    const { entries } = await page(0);
    expect(entries).toEqual([expect.objectContaining({ entityId: id, deleted: true })]);
  });

  it('shows a door only itself', async () => {
    await dataSource.transaction((manager) =>
      feed.record(manager, [
        { family: 'door', entityId: DOOR, deleted: false },
        { family: 'door', entityId: newId(), deleted: false },
      ]),
    );
    const { entries, throughRevision, headRevision } = await page(0);
    expect(entries.map((entry) => entry.entityId)).toEqual([DOOR]);
    expect(throughRevision).toBe(headRevision);
  });

  it('tells listeners after the commit, and never of what was rolled back', async () => {
    const heads: number[] = [];
    feed.onHead((head) => heads.push(head));
    const failing = dataSource.transaction(async (manager) => {
      await record(manager, newId());
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    await dataSource.transaction(async (manager) => {
      await record(manager, newId());
      expect(heads).toEqual([]);
    });
    expect(heads).toEqual([await feed.head()]);
    expect((await page(0)).entries).toHaveLength(1);
  });

  it('makes a reader whose cursor it does not know start again', async () => {
    await dataSource.transaction((manager) => record(manager, newId()));
    const head = await feed.head();
    expect(await page(head + 1)).toMatchObject({ reset: true, entries: [], throughRevision: 0 });
    // A cursor of a database that was begun earlier, and has not counted up to here.
    expect(await page(17)).toMatchObject({ reset: true });
    expect(await page(head)).toMatchObject({ reset: false, entries: [], throughRevision: head });
    expect(await page(0)).toMatchObject({ reset: false });
  });

  it('never shows a reader a revision before a lower one, however transactions overlap', async () => {
    const WRITERS = 8;
    const CHANGES_EACH = 25;
    const written: string[] = [];
    let writing = true;

    const write = async (writer: number) => {
      for (let index = 0; index < CHANGES_EACH; index++) {
        const ids = Array.from({ length: 1 + ((writer + index) % 3) }, newId);
        const runner = dataSource.createQueryRunner();
        await runner.startTransaction();
        await record(runner.manager, ...ids);
        // Work after the revision was taken: here a plain sequence would let a later one commit first.
        await runner.query('SELECT pg_sleep($1)', [((writer * 7 + index * 3) % 5) / 1000]);
        if (index % 6 === 5) {
          await runner.rollbackTransaction();
        } else {
          await runner.commitTransaction();
          written.push(...ids);
        }
        await runner.release();
      }
    };
    const read = async () => {
      const seen: FeedEntry[] = [];
      let cursor = 0;
      for (let last = false; ; last = !writing) {
        const { entries, throughRevision } = await page(cursor, 10);
        seen.push(...entries);
        if (last && throughRevision === cursor) return seen;
        cursor = throughRevision;
      }
    };

    const readers = [read(), read()];
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    writing = false;
    for (const seen of await Promise.all(readers)) {
      expect(seen.map((entry) => entry.entityId).sort()).toEqual([...written].sort());
      const revisions = seen.map((entry) => entry.revision);
      expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
    }
  });
});
