import { eventsPageSchema, type AccessEvent } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { makeEvent, MODEL_ID, TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';

const START_MS = Date.UTC(2026, 8, 1, 9);
const at = (minute: number) => new Date(START_MS + minute * 60_000).toISOString();

let server: TestServer;
let front: { id: string; token: string };
let back: { id: string; token: string };
let personId: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  [front, back] = [await makeDoor('Front'), await makeDoor('Back')];
  personId = (await server.call('POST', '/api/people', { json: { name: 'Known' } })).body.id;
  const granted = { outcome: 'granted', reason: 'matched', personId, similarity: 0.8 };
  await store(front, [
    makeEvent(1, { occurredAt: at(1) }),
    makeEvent(2, { occurredAt: at(2), ...granted }),
    // The door's clock was set back: the order is that of the clock, then of the ids.
    makeEvent(3, { occurredAt: at(0) }),
    makeEvent(4, { occurredAt: at(2), ...granted }),
  ]);
  await store(back, [makeEvent(1, { occurredAt: at(3) }), makeEvent(2, { occurredAt: at(2), ...granted })]);
});
afterAll(() => server.close());

async function makeDoor(name: string) {
  const { door, agentToken } = (await server.call('POST', '/api/doors', { json: { name } })).body;
  return { id: door.id as string, token: agentToken as string };
}

async function store(door: { token: string }, events: object[]) {
  const agent = await TestAgent.connect(server.url, door.token);
  await agent.hello();
  expect(await agent.push(events)).toMatchObject({ ok: true });
  agent.close();
}

async function list(query: string): Promise<AccessEvent[]> {
  const answer = await server.call('GET', `/api/events?${query}`);
  expect(answer.status).toBe(200);
  return eventsPageSchema.parse(answer.body).items;
}

describe('events', () => {
  it('come newest first', async () => {
    const minutes = (await list('')).map((event) => (Date.parse(event.occurredAt) - START_MS) / 60_000);
    expect(minutes).toEqual([3, 2, 2, 2, 1, 0]);
  });

  it('come in pages without loss or repetition, also within one moment', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await server.call(
        'GET',
        `/api/events?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      expect(body.items).toHaveLength(1);
      seen.push(body.items[0].id);
      cursor = body.nextCursor;
    }
    expect(seen).toEqual((await list('')).map((event) => event.id));
    expect(new Set(seen).size).toBe(6);
  });

  it('are filtered by door, person, outcome and period, all together', async () => {
    expect(await list(`doorId=${front.id}`)).toHaveLength(4);
    expect(await list(`personId=${personId}`)).toHaveLength(3);
    expect(await list('outcome=denied')).toHaveLength(3);
    expect(await list(`from=${at(2)}`)).toHaveLength(4);
    expect(await list(`until=${at(2)}`)).toHaveLength(2);
    expect(await list(`from=${at(2)}&until=${at(3)}&outcome=granted&doorId=${front.id}`)).toHaveLength(2);
    expect(await list(`from=${encodeURIComponent('2026-09-01T18:02:00+09:00')}`)).toHaveLength(4);
    expect(await list(`doorId=${newId()}`)).toEqual([]);
  });

  it('say what the door recorded', async () => {
    const [event] = await list(`doorId=${back.id}&outcome=granted`);
    expect(event).toMatchObject({
      door: { id: back.id, name: 'Back' },
      occurredAt: at(2),
      outcome: 'granted',
      reason: 'matched',
      person: { id: personId, name: 'Known' },
      similarity: 0.8,
      similarityMin: 0.5,
      quality: null,
      liveness: null,
      sequence: 2,
    });
  });

  it.each(['doorId=x', 'outcome=maybe', 'from=yesterday', 'cursor=x', 'limit=0', 'limit=1000'])(
    'are not listed for %s',
    async (query) => {
      const answer = await server.call('GET', `/api/events?${query}`);
      expect(answer.status).toBe(400);
      expect(answer.body.code).toMatch(/^request\/invalid/);
    },
  );

  it('outlive the person, without the name', async () => {
    const { id } = (await server.call('POST', '/api/people', { json: { name: 'Leaver' } })).body;
    const door = await makeDoor('Left');
    await store(door, [makeEvent(1, { outcome: 'granted', reason: 'matched', personId: id })]);
    await server.call('DELETE', `/api/people/${id}`);
    const [event] = await list(`doorId=${door.id}`);
    expect(event?.person).toEqual({ id, name: null, portraitUrl: null });
  });

  it('tell the similarities of one door by bins, of its newest model alone', async () => {
    const door = await makeDoor('Scored');
    const ago = (minutes: number) => ({ occurredAt: new Date(Date.now() - minutes * 60_000).toISOString() });
    const granted = { outcome: 'granted', reason: 'matched', personId };
    await store(door, [
      makeEvent(1, { ...ago(50), ...granted, similarity: 0.9, modelId: 'faceplugin-512' }),
      makeEvent(2, { ...ago(40), ...granted, similarity: 0.81, runnerUpSimilarity: 0.3 }),
      // Recognised, though the rules did not let them in.
      makeEvent(3, { ...ago(30), personId, reason: 'no-access-level', similarity: 0.815 }),
      makeEvent(4, { ...ago(20), similarity: -0.2 }),
      makeEvent(5, { ...ago(10), similarity: 1, similarityMin: 0.6 }),
      makeEvent(6, { ...ago(60 * 24 * 40), ...granted, similarity: 0.81 }),
    ]);
    const { status, body } = await server.call('GET', `/api/doors/${door.id}/scores`);
    expect(status).toBe(200);
    const filled = (bins: number[]) =>
      Object.fromEntries(bins.flatMap((count, bin) => (count > 0 ? [[bin, count]] : [])));
    expect(body).toMatchObject({ visits: 4, isCut: false, modelId: MODEL_ID, similarityMin: 0.6 });
    expect(filled(body.recognised)).toEqual({ 40: 2 });
    expect(filled(body.runnersUp)).toEqual({ 15: 1 });
    expect(filled(body.unknown)).toEqual({ 0: 1, 49: 1 });
  });

  it('tell similarities to those who may see the door’s events, and of a door that is there', async () => {
    const path = (id: string) => `/api/doors/${id}/scores`;
    const elsewhere = await server.as('operator', await server.makeSite());
    expect((await elsewhere.call('GET', path(front.id))).body.code).toBe('auth/forbidden');
    expect((await server.callAnonymously('GET', path(front.id))).status).toBe(401);
    expect((await server.call('GET', path(newId()))).status).toBe(404);
    expect((await server.call('GET', `${path(front.id)}?days=0`)).status).toBe(400);
    expect((await server.call('GET', path((await makeDoor('New')).id))).body).toMatchObject({
      visits: 0,
      modelId: null,
    });
  });

  it('are read through an index', async () => {
    const plan = async (where: string) => {
      const rows: Record<string, string>[] = await server.dataSource.transaction(async (manager) => {
        // The table is too small for the planner to care.
        await manager.query('SET LOCAL enable_seqscan = off');
        await manager.query('SET LOCAL enable_bitmapscan = off');
        return manager.query(
          `EXPLAIN SELECT * FROM access_event AS event ${where} ORDER BY event.occurred_at DESC, event.id DESC LIMIT 50`,
        );
      });
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const cursor = `event.occurred_at <= now() AND (event.occurred_at, event.id) < (now(), '${newId()}')`;
    const expectIndex = async (where: string, columns: string) => {
      const text = await plan(where);
      // Of each month that may hold some, and sorted by nothing else.
      const scans = text.match(/Scan.* using \S+/g) ?? [];
      expect(scans.length).toBeGreaterThan(0);
      for (const scan of scans) {
        expect(scan).toMatch(
          new RegExp(`^Scan Backward using access_event_(default|\\d{4}_\\d\\d)_${columns}_idx\\d*$`),
        );
      }
      expect(text).not.toMatch(/-> +(Incremental )?Sort\b/);
    };
    await expectIndex('', 'occurred_at_id');
    await expectIndex(`WHERE ${cursor}`, 'occurred_at_id');
    await expectIndex(`WHERE event.outcome = 'denied' AND ${cursor}`, 'occurred_at_id');
    await expectIndex(`WHERE event.door_id = '${newId()}' AND ${cursor}`, 'door_id_occurred_at_id');
    await expectIndex(`WHERE event.site_id = '${newId()}' AND ${cursor}`, 'site_id_occurred_at_id');
    await expectIndex(`WHERE event.person_id = '${newId()}' AND ${cursor}`, 'person_id_occurred_at_id');
  });

  it('are counted when they are few, and for those who may see them', async () => {
    expect((await server.call('GET', `/api/events/count?doorId=${front.id}`)).body).toEqual({
      count: 4,
      exact: true,
    });
    const siteId = newId();
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Far', now())`, [
      siteId,
    ]);
    const elsewhere = await server.as('auditor', siteId);
    expect((await elsewhere.call('GET', '/api/events/count')).body).toEqual({ count: 0, exact: true });
    expect((await server.call('GET', '/api/events/count?outcome=maybe')).status).toBe(400);
  });

  it('are estimated when they are many, and say so', async () => {
    const door = await makeDoor('Busy');
    await server.dataSource.query(
      `INSERT INTO access_event SELECT gen_random_uuid(), door.id, door.site_id, gen_random_uuid(), number,
         '2026-08-01'::timestamptz + make_interval(secs => number), now(), 1, NULL, gen_random_uuid(), 'granted',
         'matched', NULL, 1, NULL, 0.5, 'mobilefacenet-192', 0
       FROM generate_series(1, 12000) AS number, door WHERE door.id = $1`,
      [door.id],
    );
    await server.asDatabaseOwner('ANALYZE access_event');
    const { count, exact } = (await server.call('GET', `/api/events/count?doorId=${door.id}`)).body;
    expect(exact).toBe(false);
    expect(Math.abs(count - 12_000)).toBeLessThan(1_200);
  });

  it('stay where they happened when the door moves to another site', async () => {
    const door = await makeDoor('Moving');
    await store(door, [makeEvent(1)]);
    const [[old], siteId] = [await server.dataSource.query('SELECT id FROM site'), newId()];
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'New', now())`, [
      siteId,
    ]);
    await server.dataSource.query('UPDATE door SET site_id = $2 WHERE id = $1', [door.id, siteId]);
    await store(door, [makeEvent(1)]);
    expect(await list(`doorId=${door.id}&siteId=${old.id}`)).toHaveLength(1);
    expect(await list(`doorId=${door.id}&siteId=${siteId}`)).toHaveLength(1);
    const auditor = await server.as('auditor', siteId);
    const { body } = await auditor.call('GET', `/api/events?doorId=${door.id}`);
    expect(body.items).toHaveLength(1);
  });
});
