import type { AgentEvent } from '@munjigi/contracts';
import { createDataSource } from '../../platform/database/data-source';
import { migrate } from '../../platform/database/migrate';
import { newId } from '../../platform/database/uuid';
import { ENTITIES } from '../../entities';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { createTestDatabase } from '../../testing/test-database';
import { TestServer } from '../../testing/test-server';
import { EventPartitions } from './event-partitions';
import { EventRecorder } from './event-recorder';

let server: TestServer;
let recorder: EventRecorder;
let partitions: EventPartitions;
let doorId: string;
let token: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  recorder = server.running.app.get(EventRecorder);
  partitions = server.running.app.get(EventPartitions);
});
afterAll(() => server.close());
beforeEach(async () => {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Any' } });
  [doorId, token] = [body.door.id, body.agentToken];
});

const query = (text: string, parameters: unknown[] = []) => server.dataSource.query(text, parameters);
const months = async () =>
  (await partitions.list()).flatMap(({ table, month }) =>
    table === 'access_event' ? [`${month.year}-${String(month.month).padStart(2, '0')}`] : [],
  );

/** The partition of each stored event of the door, by sequence. */
async function placesOf(door: string): Promise<Record<number, string>> {
  const rows = await query(
    'SELECT sequence, tableoid::regclass AS place FROM access_event WHERE door_id = $1 ORDER BY sequence',
    [door],
  );
  expect(new Set(rows.map((row: { sequence: string }) => row.sequence)).size).toBe(rows.length);
  return Object.fromEntries(
    rows.map((row: { sequence: string; place: string }) => [Number(row.sequence), row.place]),
  );
}

/** Events around the end of a month, one a second. */
function aroundMonthEnd(count: number): AgentEvent[] {
  const end = Date.UTC(2026, 4, 1);
  return Array.from({ length: count }, (_, index) =>
    makeEvent(index + 1, { occurredAt: new Date(end + (index - count / 2) * 1000).toISOString() }),
  );
}

describe('events', () => {
  it('have a table a month, of the month in which they occurred', async () => {
    const epoch = newId();
    const events = aroundMonthEnd(4);
    await recorder.record({ doorId, epoch, events, startsAtOldest: true });
    expect(await placesOf(doorId)).toEqual({
      1: 'access_event_2026_04',
      2: 'access_event_2026_04',
      3: 'access_event_2026_05',
      4: 'access_event_2026_05',
    });
    expect(await months()).toEqual(expect.arrayContaining(['2026-04', '2026-05']));
  });

  it('resent across the end of a month, many times at once, are stored exactly once', async () => {
    const epoch = newId();
    const events = aroundMonthEnd(60);
    const batches = Array.from({ length: 40 }, (_, index) => {
      const from = index % 20;
      return { doorId, epoch, events: events.slice(from, from + 41), startsAtOldest: false };
    });
    await Promise.all(batches.map((batch) => recorder.record(batch)));
    const last = await recorder.record({ doorId, epoch, events, startsAtOldest: true });
    expect(last).toEqual({ acknowledgedSequence: 60, missing: 0, refused: 0 });
    expect(Object.keys(await placesOf(doorId))).toHaveLength(60);
  });

  it('resent to two processes at once across the end of a month are stored exactly once', async () => {
    const other = await TestServer.start({
      clustered: true,
      databaseUrl: server.databaseUrl,
    }).catch(() => null);
    // The first server claims its database alone; another recorder on a connection of its own does the same.
    expect(other).toBeNull();
    const epoch = newId();
    const events = aroundMonthEnd(200);
    const source = await createDataSource({ url: server.databaseUrl }, ENTITIES).initialize();
    const second = Object.assign(Object.create(EventRecorder.prototype) as EventRecorder, recorder, {
      dataSource: source,
      waiting: [],
      busy: new Set(),
    });
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? recorder : second).record({ doorId, epoch, events, startsAtOldest: true }),
      ),
    );
    await source.destroy();
    expect(Object.keys(await placesOf(doorId))).toHaveLength(200);
  });

  it('of a clock that was never set, or runs ahead by years, are stored, once', async () => {
    const agent = await TestAgent.connect(server.url, token);
    await agent.hello();
    const events = [
      makeEvent(1, { occurredAt: '1970-01-01T00:00:03.000Z' }),
      makeEvent(2, { occurredAt: '2038-01-19T03:14:08.000Z' }),
      makeEvent(3),
    ];
    expect(await agent.push(events)).toEqual({ ok: true, acknowledgedSequence: 3 });
    expect(await agent.push(events)).toEqual({ ok: true, acknowledgedSequence: 3 });
    agent.close();
    expect(await placesOf(doorId)).toMatchObject({ 1: 'access_event_default', 2: 'access_event_default' });
    const { body } = await server.call('GET', `/api/events?doorId=${doorId}`);
    expect(body.items.map((event: { sequence: number }) => event.sequence)).toEqual([2, 3, 1]);
  });

  it('move out of the default table when their month comes', async () => {
    const epoch = newId();
    const events = [
      makeEvent(1, { occurredAt: '2041-03-31T23:59:59.999Z' }),
      makeEvent(2, { occurredAt: '2041-04-01T00:00:00.000Z' }),
    ];
    await recorder.record({ doorId, epoch, events, startsAtOldest: true });
    await partitions.makeAhead(new Date('2041-01-15T00:00:00Z'));
    expect(await placesOf(doorId)).toEqual({ 1: 'access_event_2041_03', 2: 'access_event_default' });
    // A resend finds them where they are.
    await recorder.record({ doorId, epoch, events, startsAtOldest: true });
    expect(Object.keys(await placesOf(doorId))).toHaveLength(2);
  });

  it('whose place another event has taken are set aside, whatever their month', async () => {
    const epoch = newId();
    const [first] = aroundMonthEnd(2);
    await recorder.record({ doorId, epoch, events: [first!], startsAtOldest: true });
    const later = makeEvent(1, { occurredAt: '2026-07-01T00:00:00.000Z' });
    const sameId = makeEvent(2, { id: first!.id, occurredAt: '2026-07-01T00:00:00.000Z' });
    for (const event of [later, sameId]) {
      expect(await recorder.record({ doorId, epoch, events: [event], startsAtOldest: false })).toMatchObject({
        acknowledgedSequence: event.sequence,
        refused: 1,
      });
    }
    expect(Object.keys(await placesOf(doorId))).toEqual(['1']);
  });

  it('of many doors share transactions, and one bad batch spoils no other', async () => {
    const { body } = await server.call('POST', '/api/doors', { json: { name: 'Other' } });
    const [taken] = aroundMonthEnd(1);
    await recorder.record({ doorId, epoch: newId(), events: [taken!], startsAtOldest: true });
    const good = Array.from({ length: 30 }, (_, index) =>
      recorder.record({
        doorId: body.door.id,
        epoch: newId(),
        events: [makeEvent(index + 1)],
        startsAtOldest: true,
      }),
    );
    const bad = recorder.record({ doorId, epoch: newId(), events: [taken!], startsAtOldest: true });
    const unknownDoor = recorder.record({
      doorId: newId(),
      epoch: newId(),
      events: [makeEvent(1)],
      startsAtOldest: true,
    });
    expect(await bad).toMatchObject({ refused: 1 });
    expect(await unknownDoor).toEqual({ acknowledgedSequence: 1, missing: 0, refused: 1 });
    const answers = await Promise.all(good);
    expect(answers.map(({ acknowledgedSequence }) => acknowledgedSequence)).toEqual(
      answers.map((_, index) => index + 1),
    );
  });
});

describe('months', () => {
  it('are made ahead, once, also by several at once', async () => {
    const now = new Date('2030-12-20T00:00:00Z');
    await Promise.all([1, 2, 3].map(() => new EventPartitions(server.dataSource).makeAhead(now)));
    expect(await months()).toEqual(expect.arrayContaining(['2030-12', '2031-01', '2031-02']));
  });

  it('that are too old go with their events; the others lose what is too old, site by site', async () => {
    const siteId = newId();
    await query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Far', now())`, [siteId]);
    const epoch = newId();
    const events = ['2020-01-10', '2020-02-10', '2020-03-01', '2020-03-20', '1971-01-01'].map((day, index) =>
      makeEvent(index + 1, { occurredAt: `${day}T00:00:00.000Z` }),
    );
    await recorder.record({ doorId, epoch, events, startsAtOldest: true });
    expect(await partitions.dropEventsBefore(new Date('2020-02-01T00:00:00Z'), siteId)).toEqual({
      removed: 0,
      exact: true,
    });
    await partitions.dropEventsBefore(new Date('2020-03-10T00:00:00Z'));
    expect(await placesOf(doorId)).toEqual({ 4: 'access_event_2020_03' });
    expect(await months()).not.toContain('2020-02');
    // What was removed does not come back, and the door may forget it.
    expect(await recorder.record({ doorId, epoch, events, startsAtOldest: true })).toEqual({
      acknowledgedSequence: 5,
      missing: 0,
      refused: 0,
    });
    expect(Object.keys(await placesOf(doorId))).toEqual(['4']);
    const [{ site_id: ownSite }] = await query('SELECT site_id FROM door WHERE id = $1', [doorId]);
    const { removed } = await partitions.dropEventsBefore(new Date('2020-04-01T00:00:00Z'), ownSite);
    expect(removed).toBeGreaterThanOrEqual(1);
    expect(await placesOf(doorId)).toEqual({});
  });
});

describe('the migration', () => {
  it('takes every event along, forth and back', async () => {
    const database = await createTestDatabase();
    const source = await createDataSource({ url: database.url }, ENTITIES).initialize();
    const names = () =>
      source.query<{ name: string }[]>('SELECT name FROM schema_migration ORDER BY id DESC LIMIT 1');
    while (!(await names())[0]!.name.startsWith('EventPartitions')) await source.undoLastMigration();
    await source.undoLastMigration({ transaction: 'each' });
    await source.query(
      `INSERT INTO door (id, site_id, name, settings, agent_token_hash, created_at, updated_at)
       SELECT $1, id, 'Old', '{}', '\\x00', now(), now() FROM site`,
      [doorId],
    );
    const epoch = newId();
    const days = ['1970-01-01', '2025-12-31', '2026-01-01', '2026-01-31', '2038-01-19'];
    for (const [index, day] of days.entries()) {
      await source.query(
        `INSERT INTO access_event VALUES (gen_random_uuid(), $1, $2, $3, $4, now(), 1, NULL, gen_random_uuid(),
           'granted', 'matched', NULL, 0.7, NULL, 0.5, 'mobilefacenet-192', 3)`,
        [doorId, epoch, index + 1, day],
      );
    }
    await source.query('INSERT INTO event_cursor VALUES ($1, $2, 3)', [doorId, epoch]);
    const content = () =>
      source.query(
        'SELECT id, door_id, epoch, sequence, occurred_at, similarity, outcome FROM access_event ORDER BY sequence',
      );
    const before = await content();
    await migrate(source);
    expect(await content()).toEqual(before);
    const places = await source.query(
      'SELECT tableoid::regclass::text AS place FROM access_event ORDER BY sequence',
    );
    expect(places.map((row: { place: string }) => row.place)).toEqual([
      'access_event_default',
      'access_event_2025_12',
      'access_event_2026_01',
      'access_event_2026_01',
      'access_event_default',
    ]);
    expect(await source.query('SELECT count(*)::int FROM access_event WHERE site_id IS NOT NULL')).toEqual([
      { count: 5 },
    ]);
    expect(await source.query('SELECT highest_sequence FROM event_cursor')).toEqual([
      { highest_sequence: '5' },
    ]);
    while (!(await names())[0]!.name.startsWith('EventPartitions')) await source.undoLastMigration();
    await source.undoLastMigration({ transaction: 'each' });
    expect(await content()).toEqual(before);
    await migrate(source);
    expect(await content()).toEqual(before);
    await source.destroy();
    await database.drop();
  });
});
