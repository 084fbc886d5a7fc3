import type { Person } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestServer } from '../../testing/test-server';
import { ActivityRefresh } from './activity-refresh';
import { IdlePeople } from './idle-people';
import { ValiditySweep } from './validity-sweep';

const DAY_MS = 86_400_000;

let server: TestServer;
let doorId: string;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  doorId = (await server.call('POST', '/api/doors', { json: { name: 'Reader' } })).body.door.id as string;
});
afterAll(() => server.close());
beforeEach(() => server.dataSource.query('DELETE FROM person'));

const create = async (json: object = {}): Promise<Person> =>
  (await server.call('POST', '/api/people', { json: { name: 'Somebody', ...json } })).body as Person;
const read = async ({ id }: Person): Promise<Person> =>
  (await server.call('GET', `/api/people/${id}`)).body as Person;
const later = (days: number) => new Date(Date.now() + days * DAY_MS);
const sweep = (at: Date) => server.running.app.get(ValiditySweep).run(at);
const idle = (at: Date) => server.running.app.get(IdlePeople).run(at);
const refresh = () => server.running.app.get(ActivityRefresh).run();
const settings = (idleDays: number | null, idleNoticeDays = 7) =>
  server.call('PUT', '/api/settings/people', {
    json: { idleDays, idleNoticeDays, visitorTemplatesKeptDays: 0 },
  });

async function event(personId: string, at: Date, outcome = 'granted'): Promise<void> {
  await server.dataSource.query(
    `INSERT INTO access_event (id, door_id, site_id, epoch, sequence, occurred_at, received_at, monotonic_ms, track_id,
       outcome, reason, person_id, similarity_min, model_id, applied_revision)
     SELECT $1, id, site_id, $1, 1, $3, now(), 0, $1, $4, 'matched', $5, 0.5, 'm', 0 FROM door WHERE id = $2`,
    [newId(), doorId, at, outcome, personId],
  );
}

describe('people whose time begins or ends', () => {
  it('are told to the doors when it does, and not before', async () => {
    const person = await create({ validFrom: later(1).toISOString(), validUntil: later(2).toISOString() });
    await create({ status: 'suspended', statusReason: 'On leave' });
    await create();
    const atDoors = async () => {
      const rows = await server.dataSource.query<{ at_doors: boolean }[]>(
        'SELECT at_doors FROM person WHERE id = $1',
        [person.id],
      );
      return rows[0]?.at_doors;
    };
    const steps: [number, number, boolean][] = [
      [0.9, 0, false],
      [1.1, 1, true],
      [1.2, 0, true],
      [2.1, 1, false],
      [3, 0, false],
    ];
    for (const [days, changed, expected] of steps) {
      expect([days, await sweep(later(days)), await atDoors()]).toEqual([days, changed, expected]);
    }
  });

  it('are told with their templates, in one step of the change feed each', async () => {
    const person = await create({ validUntil: later(1).toISOString() });
    const templateId = newId();
    await server.dataSource.query(
      `INSERT INTO template (id, person_id, model_id, origin, sealed_embedding, created_at)
       VALUES ($1, $2, 'm', 'photo', '', now())`,
      [templateId, person.id],
    );
    const head = async () =>
      Number(
        (await server.dataSource.query<[{ revision: string }]>('SELECT revision FROM change_head'))[0]
          .revision,
      );
    const before = await head();
    await sweep(later(2));
    const rows = await server.dataSource.query<{ entity_id: string; deleted: boolean }[]>(
      'SELECT entity_id, deleted FROM change WHERE revision > $1 ORDER BY revision',
      [before],
    );
    expect(rows).toEqual([
      { entity_id: person.id, deleted: false },
      { entity_id: templateId, deleted: false },
    ]);
  });

  it('are brought right in one sweep, however many they are', async () => {
    await server.dataSource.query(
      `INSERT INTO person (id, name, valid_until, created_at, updated_at)
       SELECT gen_random_uuid(), 'Many', now() + interval '1 day', now(), now() FROM generate_series(1, 1203)`,
    );
    expect(await sweep(later(2))).toBe(1203);
    expect(await sweep(later(2))).toBe(0);
  });

  it('of a recurring visit are at the doors during its hours alone', async () => {
    const host = await create();
    const { body } = await server.call('POST', '/api/visitors', {
      json: {
        name: 'Weekly',
        hostId: host.id,
        purpose: 'Plants',
        from: '2031-01-01T00:00:00Z',
        until: '2031-12-01T00:00:00Z',
        recurrence: { days: ['monday'], from: '09:00', to: '10:00', timeZone: 'UTC' },
      },
    });
    expect(body.person.status).toBe('active');
    const changes: number[] = [];
    for (const time of ['08:59', '09:00', '09:30', '10:00']) {
      changes.push(await sweep(new Date(`2031-03-03T${time}:00Z`)));
    }
    expect(changes).toEqual([0, 1, 0, 1]);
  });
});

describe('people whom no door has let in for long', () => {
  it('are noticed, then suspended, and stay when a door lets them in between', async () => {
    await settings(30);
    const [gone, back] = [await create({ name: 'Gone' }), await create({ name: 'Back' })];
    expect(await idle(later(22))).toEqual({ noticed: 0, suspended: 0 });
    expect(await idle(later(23.5))).toEqual({ noticed: 2, suspended: 0 });
    expect(await idle(later(23.6))).toEqual({ noticed: 0, suspended: 0 });
    const { body } = await server.call('GET', '/api/idle-people');
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({ lastGrantedAt: null, noticedAt: expect.any(String) });

    await server.dataSource.query('INSERT INTO person_activity VALUES ($1, $2)', [back.id, later(25)]);
    expect(await idle(later(30.6))).toEqual({ noticed: 0, suspended: 1 });
    expect(await read(gone)).toMatchObject({ status: 'suspended', statusReason: 'Not seen for 30 days' });
    expect(await read(back)).toMatchObject({ status: 'active' });
    const rows = await server.dataSource.query<object[]>(
      'SELECT action, actor_kind FROM audit_entry WHERE subject_id = $1 ORDER BY id',
      [gone.id],
    );
    expect(rows.slice(1)).toEqual([
      { action: 'person/idle-noticed', actor_kind: 'system' },
      { action: 'person/suspended', actor_kind: 'system' },
    ]);
  });

  it('have the whole time of the notice, however long they were idle when the setting came', async () => {
    const person = await create();
    await settings(30, 10);
    await idle(later(300));
    expect(await idle(later(309.9))).toMatchObject({ suspended: 0 });
    expect(await idle(later(310))).toMatchObject({ suspended: 1 });
    expect(await read(person)).toMatchObject({ status: 'suspended' });
  });

  it('are left alone when exempt, a visitor, not active, or when nothing is set', async () => {
    await settings(30);
    const host = await create({ idleExempt: true });
    await create({ status: 'blocked', statusReason: 'Left' });
    await server.call('POST', '/api/visitors', {
      json: {
        name: 'V',
        hostId: host.id,
        purpose: 'p',
        from: later(-1).toISOString(),
        until: later(900).toISOString(),
      },
    });
    expect(await idle(later(300))).toEqual({ noticed: 0, suspended: 0 });
    const plain = await create();
    await idle(later(300));
    await settings(null);
    expect(await idle(later(400))).toEqual({ noticed: 0, suspended: 0 });
    expect((await server.call('GET', '/api/idle-people')).body.items).toEqual([]);
    expect(await read(plain)).toMatchObject({ status: 'active' });
  });

  it('are known by their newest grant: not by a denial, nor by a clock that is ahead', async () => {
    const person = await create();
    const newest = later(-3);
    await event(person.id, later(-5));
    await event(person.id, newest);
    await event(person.id, later(-1), 'denied');
    await event(person.id, later(400));
    await refresh();
    expect((await read(person)).lastGrantedAt).toBe(newest.toISOString());
    await event(person.id, later(-0.5));
    await refresh();
    expect((await read(person)).lastGrantedAt).not.toBe(newest.toISOString());
  });

  it('of another site are not shown', async () => {
    const otherSiteId = newId();
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Other', now())`, [
      otherSiteId,
    ]);
    const [site] = await server.dataSource.query<[{ id: string }]>(
      `SELECT id FROM site WHERE name <> 'Other'`,
    );
    await settings(30);
    await create({ siteId: otherSiteId });
    const shared = await create();
    await idle(later(25));
    const registrar = await server.as('registrar', site.id);
    const { body } = await registrar.call('GET', '/api/idle-people');
    expect(body.items.map(({ personId }: { personId: string }) => personId)).toEqual([shared.id]);
  });

  it('follow settings that only the whole organisation’s administrators set', async () => {
    expect(await settings(0)).toMatchObject({ status: 400 });
    const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site LIMIT 1');
    const administrator = await server.as('administrator', site.id);
    const { body } = await administrator.call('GET', '/api/settings/people');
    expect(await administrator.call('PUT', '/api/settings/people', { json: body })).toMatchObject({
      status: 403,
    });
  });
});
