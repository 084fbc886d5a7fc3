import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { addTemplates, readAsDoor } from '../../testing/test-templates';
import { EnrolmentCrops } from '../people/enrolment-crops';
import { Retention } from './retention';

const DAY_MS = 24 * 60 * 60_000;
const now = new Date();
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);

let server: TestServer;
beforeEach(async () => {
  server = await (await TestServer.start()).signIn();
});
afterEach(() => server.close());

const put = (rules: readonly object[]) => server.call('PUT', '/api/settings/retention', { json: { rules } });
const run = () => server.running.app.get(Retention, { strict: false }).run(now);

async function makeSite(): Promise<string> {
  const id = newId();
  await server.dataSource.query(
    `INSERT INTO site SELECT * FROM jsonb_populate_record((SELECT site FROM site LIMIT 1), $1)`,
    [JSON.stringify({ id, name: `Site ${id}` })],
  );
  return id;
}

/** A door of a site that has had visits so many days ago. */
async function visits(siteId: string | null, ages: readonly number[]): Promise<string> {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Counted' } });
  const doorId = body.door.id as string;
  if (siteId !== null)
    await server.dataSource.query('UPDATE door SET site_id = $2 WHERE id = $1', [doorId, siteId]);
  const agent = await TestAgent.connect(server.url, body.agentToken as string);
  await agent.hello();
  await agent.push(
    ages.map((days, index) => makeEvent(index + 1, { occurredAt: daysAgo(days).toISOString() })),
  );
  agent.close();
  return doorId;
}

async function left(doorId: string): Promise<number> {
  const [row] = await server.dataSource.query<[{ n: number }]>(
    'SELECT count(*)::int AS n FROM access_event WHERE door_id = $1',
    [doorId],
  );
  return row.n;
}

describe('retention', () => {
  it('keeps everything while no rule says otherwise', async () => {
    const door = await visits(null, [1, 100, 300]);
    expect(await run()).toEqual({ events: 0, images: 0, templates: 0 });
    expect(await left(door)).toBe(3);
  });

  it('removes events by the rule of their site, else by the general one, and accounts for how many', async () => {
    const strict = await makeSite();
    const [general, own] = [await visits(null, [1, 40, 200]), await visits(strict, [1, 20, 40, 200])];
    await put([
      { siteId: null, kind: 'event', days: 90 },
      { siteId: strict, kind: 'event', days: 10 },
    ]);
    await run();
    expect([await left(general), await left(own)]).toEqual([2, 1]);
    const [entry] = await server.dataSource.query(
      `SELECT actor_kind, actor_name, details FROM audit_entry WHERE action = 'retention/applied'`,
    );
    expect(entry).toMatchObject({ actor_kind: 'system', actor_name: 'retention' });
    expect(entry.details).toMatchObject({ images: 0, templates: 0 });
    expect(entry.details.events).toBeGreaterThanOrEqual(1);
  });

  it('leaves the events of sites alone that no rule is for', async () => {
    const strict = await makeSite();
    const [general, own] = [await visits(null, [40, 200]), await visits(strict, [40, 200])];
    await put([{ siteId: strict, kind: 'event', days: 90 }]);
    await run();
    expect([await left(general), await left(own)]).toEqual([2, 1]);
  });

  it('removes old templates and pictures, and tells the doors', async () => {
    const ids = await addTemplates(server, 3);
    const [{ person_id: personId }] = await server.dataSource.query(
      'SELECT person_id FROM template WHERE id = $1',
      [ids.get(0)],
    );
    const crops = server.running.app.get(EnrolmentCrops, { strict: false });
    await server.dataSource.transaction((manager) =>
      crops.add(manager, personId as string, Buffer.from('x')),
    );
    await server.dataSource.query('UPDATE template SET created_at = $2 WHERE id = $1', [
      ids.get(0),
      daysAgo(31),
    ]);
    await server.dataSource.query('UPDATE enrolment_crop SET created_at = $1', [daysAgo(8)]);
    await put([
      { siteId: null, kind: 'template', days: 30 },
      { siteId: null, kind: 'image', days: 7 },
    ]);
    expect(await run()).toEqual({ events: 0, images: 1, templates: 1 });
    const { templates } = await readAsDoor(server);
    expect([...templates.keys()].sort()).toEqual([ids.get(1), ids.get(2)].sort());
    const [change] = await server.dataSource.query('SELECT deleted FROM change WHERE entity_id = $1', [
      ids.get(0),
    ]);
    expect(change).toEqual({ deleted: true });
    expect(await run()).toEqual({ events: 0, images: 0, templates: 0 });
  });

  it.each([
    [[{ siteId: null, kind: 'event', days: 0 }]],
    [[{ siteId: null, kind: 'everything', days: 5 }]],
    [
      [
        { siteId: null, kind: 'event', days: 5 },
        { siteId: null, kind: 'event', days: 6 },
      ],
    ],
  ])('is not set to %j', async (rules) => {
    expect((await put(rules)).status).toBe(400);
    expect((await server.call('GET', '/api/settings/retention')).body).toEqual({ rules: [] });
  });
});
