import { appendFile, readFile } from 'node:fs/promises';
import { erasureSchema, erasuresSchema, personExportSchema } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { addTemplates } from '../../testing/test-templates';
import { TemplateVault } from '../people/template-vault';
import { ErasureList } from './erasure-list';

interface Door {
  readonly id: string;
  readonly token: string;
}

async function makeDoor(server: TestServer, name: string): Promise<Door> {
  const { body } = await server.call('POST', '/api/doors', { json: { name } });
  return { id: body.door.id, token: body.agentToken };
}

async function makePerson(server: TestServer): Promise<string> {
  const [templateId] = [...(await addTemplates(server, 1)).values()];
  const [{ person_id: id }] = await server.dataSource.query('SELECT person_id FROM template WHERE id = $1', [
    templateId,
  ]);
  const vault = server.running.app.get(TemplateVault, { strict: false });
  await server.dataSource.transaction((manager) =>
    vault.setPortrait(manager, id as string, Buffer.from('a picture')),
  );
  return id as string;
}

const erase = (server: TestServer, id: string) =>
  server.call('POST', `/api/people/${id}/erasure`, { json: { reason: 'asked by letter' } });

describe('erasure', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await (await TestServer.start()).signIn();
  });
  afterAll(() => server.close());

  const proof = async (id: string) =>
    erasureSchema.parse((await server.call('GET', `/api/erasures/${id}`)).body);

  it('destroys the key and every row, and is proved door by door', async () => {
    const [quick, slow, away] = [
      await makeDoor(server, 'Quick'),
      await makeDoor(server, 'Slow'),
      await makeDoor(server, 'Away'),
    ];
    const id = await makePerson(server);
    const agents = await Promise.all(
      [quick, slow].map(async ({ token }) => {
        const agent = await TestAgent.connect(server.url, token);
        await agent.hello();
        return agent;
      }),
    );
    const answer = await erase(server, id);
    expect(answer.status).toBe(201);
    const erasure = erasureSchema.parse(answer.body);
    expect(erasure).toMatchObject({ doorsConfirmed: 0, doorsTotal: 3, completedAt: null });
    expect(erasure.doors.map(({ door, online }) => [door.name, online])).toEqual([
      ['Away', false],
      ['Quick', true],
      ['Slow', true],
    ]);
    for (const table of ['person_key', 'template', 'portrait', 'consent']) {
      const rows = await server.dataSource.query(`SELECT 1 FROM ${table} WHERE person_id = $1`, [id]);
      expect([table, rows]).toEqual([table, []]);
    }
    expect((await server.call('GET', `/api/people/${id}`)).status).toBe(404);

    const head = async () =>
      Number((await server.dataSource.query('SELECT revision FROM change_head'))[0].revision);
    const [first, second] = agents as [TestAgent, TestAgent];
    // The one says at once what it has applied, the other with its next pull.
    const told = await head();
    first.socket.emit('sync.applied', { v: 1, appliedRevision: told });
    await first.pull(told);
    expect(await proof(erasure.id)).toMatchObject({ doorsConfirmed: 1, completedAt: null });
    await second.pull(told - 1);
    expect(await proof(erasure.id)).toMatchObject({ doorsConfirmed: 1 });
    await second.pull(told);
    expect(await proof(erasure.id)).toMatchObject({ doorsConfirmed: 2, completedAt: null });

    const third = await TestAgent.connect(server.url, away.token);
    await third.hello({ appliedRevision: told });
    const complete = await proof(erasure.id);
    expect(complete).toMatchObject({ doorsConfirmed: 3, doorsTotal: 3 });
    expect(complete.completedAt).not.toBeNull();
    expect(complete.doors.every((door) => door.confirmedAt !== null)).toBe(true);
    for (const agent of [...agents, third]) agent.close();
  });

  it('is not confirmed by a revision that this database never gave', async () => {
    const door = await makeDoor(server, 'From another database');
    const id = await makePerson(server);
    const { body } = await erase(server, id);
    const agent = await TestAgent.connect(server.url, door.token);
    await agent.hello({ appliedRevision: 2 ** 45 });
    await agent.hello({ appliedRevision: 5 });
    agent.close();
    expect(
      (await proof(body.id as string)).doors.find((each) => each.door.id === door.id)?.confirmedAt,
    ).toBeNull();
  });

  it('leaves an account of it that says nothing of who it was', async () => {
    const id = await makePerson(server);
    const { body } = await erase(server, id);
    const [row] = await server.dataSource.query('SELECT * FROM erasure WHERE id = $1', [body.id]);
    expect(JSON.stringify([row, body])).not.toContain(id);
    const { items } = erasuresSchema.parse((await server.call('GET', '/api/erasures')).body);
    expect(items[0]?.id).toBe(body.id);
    const [entry] = await server.dataSource.query(
      `SELECT reason, before, after FROM audit_entry WHERE action = 'person/erased' AND subject_id = $1`,
      [id],
    );
    expect(entry).toEqual({ reason: 'asked by letter', before: null, after: null });
  });

  it.each([
    ['POST', `/api/people/${newId()}/erasure`, 404],
    ['GET', `/api/erasures/${newId()}`, 404],
    ['GET', '/api/erasures/7', 400],
  ])('answers %s %s with %i', async (method, path, status) => {
    const json = method === 'POST' ? { reason: 'asked by letter' } : undefined;
    expect((await server.call(method, path, { json })).status).toBe(status);
  });

  it('wants a reason', async () => {
    const id = await makePerson(server);
    expect((await server.call('POST', `/api/people/${id}/erasure`, { json: {} })).status).toBe(400);
    expect((await server.call('GET', `/api/people/${id}`)).status).toBe(200);
  });
});

describe('a backup that still holds somebody who was erased', () => {
  it('does not bring them back: they are erased again before anything is served', async () => {
    const first = await (await TestServer.start()).signIn();
    const id = await makePerson(first);
    const [row] = await first.dataSource.query('SELECT * FROM person WHERE id = $1', [id]);
    // What the database makes itself.
    const { search_text: _searchText, ...kept } = row as Record<string, unknown>;
    const keys = await first.dataSource.query('SELECT * FROM person_key WHERE person_id = $1', [id]);
    await erase(first, id);
    const list = new ErasureList(first.dataDirectory);
    expect(await list.read()).toHaveLength(1);
    // As after a restore: the person and their key are there, and the database knows of no erasure.
    await first.dataSource.query('DELETE FROM erasure');
    await first.dataSource.query(`INSERT INTO person SELECT * FROM jsonb_populate_record(NULL::person, $1)`, [
      JSON.stringify(kept),
    ]);
    await first.dataSource.query(
      'INSERT INTO person_key (person_id, master_key_id, wrapped_key, created_at) VALUES ($1, $2, $3, $4)',
      [id, keys[0].master_key_id, keys[0].wrapped_key, keys[0].created_at],
    );
    await first.stop();
    // What a crash has cut in the middle does no harm.
    await appendFile(list.path, 'abc');

    const { databaseUrl, dataDirectory } = first;
    const again = await (await TestServer.start({ databaseUrl, dataDirectory })).signIn();
    expect((await again.call('GET', `/api/people/${id}`)).status).toBe(404);
    expect(await again.dataSource.query('SELECT 1 FROM person_key WHERE person_id = $1', [id])).toEqual([]);
    expect((await again.dataSource.query('SELECT 1 FROM erasure')).length).toBe(1);
    const entries = await again.dataSource.query(
      `SELECT actor_kind, reason FROM audit_entry WHERE action = 'person/erased' AND subject_id = $1 ORDER BY at`,
      [id],
    );
    expect(entries).toEqual([
      { actor_kind: 'administrator', reason: 'asked by letter' },
      { actor_kind: 'system', reason: 'came back with a backup' },
    ]);
    await again.close();
    await first.close();
  });
});

describe('the list of the erased', () => {
  it('holds each once, and nothing that is no hash', async () => {
    const server = await TestServer.start();
    const list = new ErasureList(server.dataDirectory);
    const [a, b] = ['a'.repeat(64), 'b'.repeat(64)];
    await Promise.all([list.add([a]), list.add([a, b]), list.add([b])]);
    expect(await list.read()).toEqual([a, b]);
    expect(await readFile(list.path, 'utf8')).not.toContain('undefined');
    await server.close();
  });
});

describe('an export', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await (await TestServer.start()).signIn();
  });
  afterAll(() => server.close());

  it('has all that is held about one person, pictures opened, and is accounted for with its reason', async () => {
    const [id, other] = [await makePerson(server), await makePerson(server)];
    const door = await makeDoor(server, 'Seen at');
    const agent = await TestAgent.connect(server.url, door.token);
    await agent.hello();
    const granted = { outcome: 'granted', reason: 'matched', similarity: 0.9 };
    await agent.push([
      makeEvent(1, { ...granted, personId: id }),
      makeEvent(2, { ...granted, personId: other }),
      makeEvent(3, { ...granted, personId: id }),
    ]);
    agent.close();
    await server.call('POST', '/api/consent-texts', { json: { texts: { ko: '동의' } } });
    await server.call('POST', `/api/people/${id}/consents`, { json: { textVersion: 1, how: 'screen' } });

    const answer = await server.call('GET', `/api/people/${id}/export?reason=asked%20by%20letter`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const taken = personExportSchema.parse(answer.body);
    expect(taken.person).toMatchObject({
      id,
      name: 'Person 0',
      templates: [{ modelId: 'mobilefacenet-192' }],
    });
    expect(taken.consents).toMatchObject([{ textVersion: 1, how: 'screen' }]);
    expect(taken.pictures.map((each) => Buffer.from(each.jpegBase64, 'base64').toString())).toEqual([
      'a picture',
    ]);
    expect(taken.events.map((event) => event.sequence)).toEqual([1, 3]);
    expect(JSON.stringify(taken)).not.toContain(other);
    expect(JSON.stringify(taken)).not.toMatch(/embedding|sealed|admin@example/);
    const [entry] = await server.dataSource.query(
      `SELECT reason, details FROM audit_entry WHERE action = 'person/exported' AND subject_id = $1`,
      [id],
    );
    expect(entry).toEqual({ reason: 'asked by letter', details: { events: 2, pictures: 1, templates: 1 } });
    const [look] = await server.dataSource.query(
      `SELECT reason, details FROM audit_entry WHERE action = 'biometrics/read' AND subject_id = $1`,
      [id],
    );
    expect(look).toEqual({ reason: 'asked by letter', details: { what: 'personal-export', pictures: 1 } });
  });

  it('wants a reason, and somebody to be about', async () => {
    const id = await makePerson(server);
    expect((await server.call('GET', `/api/people/${id}/export`)).status).toBe(400);
    expect((await server.call('GET', `/api/people/${newId()}/export?reason=asked`)).status).toBe(404);
  });
});
