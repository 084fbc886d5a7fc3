import type { AccessGroup, Person } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { MODEL_ID, TestAgent } from '../../testing/test-agent';
import { TemplateVault } from './template-vault';
import { TestServer, type Answer, type Caller } from '../../testing/test-server';

let server: TestServer;
let siteId: string;
let otherSiteId: string;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
  siteId = site.id;
  otherSiteId = newId();
  await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Busan', now())`, [
    otherSiteId,
  ]);
  await server.call('PUT', '/api/custom-fields/locker', { json: { label: 'Locker', type: 'number' } });
});
afterAll(() => server.close());

const create = (json: object, by: Pick<Caller, 'call'> = server): Promise<Answer> =>
  by.call('POST', '/api/people', { json: { name: 'Somebody', ...json } });
const made = async (json: object = {}): Promise<Person> => (await create(json)).body as Person;
const change = (id: string, json: object, by: Pick<Caller, 'call'> = server, headers = {}): Promise<Answer> =>
  by.call('PATCH', `/api/people/${id}`, { json, headers });
const group = async (name: string, site: string | null = null): Promise<AccessGroup> =>
  (await server.call('POST', '/api/groups', { json: { name, siteId: site } })).body as AccessGroup;

describe('a person', () => {
  it('keeps what is given, and shows it again', async () => {
    const { id: groupId } = await group('Night shift');
    const details = {
      name: '김민지',
      siteId,
      employeeNumber: 'K-17',
      department: '연구소',
      email: 'minji@example.com',
      phone: '+82 2 123',
      customFields: { locker: 17 },
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2999-01-01T00:00:00.000Z',
      extendedDoorTime: true,
      idleExempt: true,
    };
    const answer = await create({ ...details, groupIds: [groupId] });
    expect(answer).toMatchObject({ status: 201, body: { ...details, status: 'active', version: 1 } });
    expect(answer.body.groups).toEqual([{ id: groupId, name: 'Night shift' }]);
    expect((await server.call('GET', `/api/people/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it('changes in what is named alone, and only then gets another version', async () => {
    const person = await made({ department: 'Sales', phone: '1', customFields: { locker: 1 } });
    const changed = await change(person.id, { phone: null, department: 'Sales' });
    expect(changed.body).toEqual({ ...person, phone: null, version: 2, updatedAt: expect.any(String) });
    expect((await change(person.id, { department: 'Sales' })).body).toEqual(changed.body);
    expect((await change(person.id, {})).body.version).toBe(2);
  });

  it('that somebody else has changed is not overwritten, and it is said what changed', async () => {
    const person = await made();
    await change(person.id, { department: 'Sales' });
    await change(person.id, { phone: '7' });
    for (const [json, headers] of [
      [{ name: 'Mine', version: 1 }, {}],
      [{ name: 'Mine' }, { 'if-match': '"1"' }],
    ] as const) {
      const answer = await change(person.id, json, server, headers);
      expect([answer.status, answer.body.code]).toEqual([409, 'people/changed-meanwhile']);
      expect(answer.body.issues).toEqual([
        { path: 'department', message: 'is now "Sales"' },
        { path: 'phone', message: 'is now "7"' },
      ]);
    }
    expect(await change(person.id, { name: 'Mine', version: 3 })).toMatchObject({ status: 200 });
    expect(await change(person.id, { name: 'x' }, server, { 'if-match': '*' })).toMatchObject({
      status: 200,
    });
    expect(await change(person.id, { name: 'x' }, server, { 'if-match': 'abc' })).toMatchObject({
      status: 400,
      body: { code: 'request/invalid-version' },
    });
  });

  it.each([
    [{ status: 'blocked' }, 'people/reason-missing'],
    [{ validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }, 'people/validity-reversed'],
    [{ customFields: { locker: 'seventeen' } }, 'people/invalid-custom-field'],
    [{ customFields: { unknown: 1 } }, 'people/invalid-custom-field'],
    [{ siteId: newId() }, 'people/unknown-site'],
    [{ groupIds: [newId()] }, 'people/unknown-group'],
    [{ groupIds: Array.from({ length: 17 }, newId) }, 'request/invalid'],
    [{ email: 'nobody' }, 'request/invalid'],
    [{ version: 0 }, 'request/invalid'],
  ])('is not changed to %j', async (json, code) => {
    const person = await made();
    const answer = await change(person.id, json);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect((await server.call('GET', `/api/people/${person.id}`)).body).toEqual(person);
  });

  it('has an employee number that nobody else has', async () => {
    await made({ employeeNumber: 'ONE' });
    const other = await made({ employeeNumber: 'TWO' });
    for (const answer of [
      await create({ employeeNumber: 'ONE' }),
      await change(other.id, { employeeNumber: 'ONE' }),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([409, 'people/employee-number-taken']);
    }
  });

  it('is accounted for without what erasure must reach', async () => {
    const person = await made({ name: 'Withheld Name', department: 'Sales' });
    await change(person.id, {
      email: 'withheld@example.com',
      department: 'Legal',
      customFields: { locker: 99_887 },
    });
    await change(person.id, { status: 'suspended', statusReason: 'Lost the badge' });
    const rows = await server.dataSource.query<Record<string, unknown>[]>(
      'SELECT action, before, after, reason FROM audit_entry WHERE subject_id = $1 ORDER BY id',
      [person.id],
    );
    expect(rows).toEqual([
      expect.objectContaining({
        action: 'person/created',
        after: { name: '[withheld]', department: 'Sales', groups: [expect.any(String)] },
      }),
      {
        action: 'person/changed',
        before: { email: null, department: 'Sales', customFields: {} },
        after: { email: '[withheld]', department: 'Legal', customFields: { locker: '[withheld]' } },
        reason: null,
      },
      expect.objectContaining({ action: 'person/suspended', reason: 'Lost the badge' }),
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/Withheld Name|withheld@|99887/);
  });
});

describe('a site’s people', () => {
  let registrar: Caller;
  let auditor: Caller;
  beforeAll(async () => {
    registrar = await server.as('registrar', siteId);
    auditor = await server.as('auditor', siteId);
  });

  it('are written by those who may at that site, and by nobody of another', async () => {
    const own = await create({ siteId }, registrar);
    expect(own.status).toBe(201);
    expect(await change(own.body.id, { phone: '1' }, registrar)).toMatchObject({ status: 200 });
    const elsewhere = await made({ siteId: otherSiteId });
    const everywhere = await made();
    const refused = [
      await create({ siteId: otherSiteId }, registrar),
      await create({}, registrar),
      await change(own.body.id, { siteId: otherSiteId }, registrar),
      await change(own.body.id, { siteId: null }, registrar),
      ...(await Promise.all([elsewhere, everywhere].map(({ id }) => change(id, { phone: '1' }, registrar)))),
      ...(await Promise.all(
        [elsewhere, everywhere].map(({ id }) => registrar.call('DELETE', `/api/people/${id}`)),
      )),
      await change(own.body.id, { phone: '2' }, auditor),
    ];
    for (const answer of refused) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'auth/forbidden' } });
    }
  });

  it('are seen there, with those of the whole organisation', async () => {
    const people = await Promise.all(
      [siteId, otherSiteId, null].map((site) => made({ name: 'scoped person', siteId: site })),
    );
    const seen = await registrar.call('GET', '/api/people?search=scoped');
    expect(seen.body.total).toBe(2);
    expect(seen.body.items.map((item: Person) => item.siteId).sort()).toEqual([null, siteId].sort());
    const statuses = await Promise.all(people.map(({ id }) => registrar.call('GET', `/api/people/${id}`)));
    expect(statuses.map(({ status }) => status)).toEqual([200, 403, 200]);
  });

  it('are put into groups of that site alone', async () => {
    const [own, everywhere] = [await group('Own', siteId), await group('Everywhere')];
    const { body } = await create({ siteId, groupIds: [own.id] }, registrar);
    expect(body.groups).toHaveLength(1);
    expect(await change(body.id, { groupIds: [own.id, everywhere.id] }, registrar)).toMatchObject({
      status: 403,
    });
    // A group that they may not fill does not keep them from changing the rest.
    await change(body.id, { groupIds: [own.id, everywhere.id] });
    expect(await change(body.id, { phone: '5', groupIds: [everywhere.id, own.id] }, registrar)).toMatchObject(
      {
        status: 200,
      },
    );
    expect(await change(body.id, { groupIds: [own.id] }, registrar)).toMatchObject({ status: 403 });
  });
});

/** Adds a template of a made-up face. @returns its id. */
function enrolled(personId: string): Promise<string> {
  return server.dataSource.transaction(async (manager) => {
    const embedding = Float32Array.from({ length: 192 }, () => 1 / Math.sqrt(192));
    const given = { personId, modelId: MODEL_ID, origin: 'photo', embedding } as const;
    const template = await server.running.app.get(TemplateVault, { strict: false }).add(manager, given);
    return template.id;
  });
}

describe('a door', () => {
  it('forgets the templates of somebody who is suspended, and gets them again', async () => {
    const person = await made({ name: 'At the door' });
    const templateId = await enrolled(person.id);
    const { body } = await server.call('POST', '/api/doors', { json: { name: 'Reader' } });
    const agent = await TestAgent.connect(server.url, body.agentToken as string);
    await agent.hello();
    const news = async (json: object) => {
      const answer = await agent.pull(0);
      if (!answer.ok) throw new Error(answer.error.message);
      await change(person.id, json);
      return agent.pullAll(answer.desiredRevision);
    };
    const gone = await news({ status: 'suspended', statusReason: 'On leave' });
    expect(gone.map(({ kind }) => kind)).toEqual(['person.put', 'template.delete']);
    expect(gone).toContainEqual(expect.objectContaining({ templateId }));
    const back = await news({ status: 'active' });
    expect(back.map(({ kind }) => kind)).toEqual(['person.put', 'template.put']);
    const over = await news({ validUntil: '2020-01-01T00:00:00Z' });
    expect(over.map(({ kind }) => kind)).toEqual(['person.put', 'template.delete']);
    agent.close();
  });
});
