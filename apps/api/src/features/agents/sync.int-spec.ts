import { unpackTemplates, type Person } from '@munjigi/contracts';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { AgentBench } from '../../testing/agent-bench';
import { MODEL_ID, type TestAgent } from '../../testing/test-agent';
import type { TestServer } from '../../testing/test-server';

let bench: AgentBench;
let server: TestServer;
let door: { id: string; token: string };

beforeAll(async () => {
  bench = await AgentBench.start();
  server = bench.server;
});
afterAll(() => bench.close());
beforeEach(async () => {
  door = await bench.makeDoor();
});
afterEach(() => bench.closeAgents());

const connect = (token = door.token): Promise<TestAgent> => bench.connect(token);

describe('sync', () => {
  it('brings people, templates of the agent’s model and the door itself, and then nothing', async () => {
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Synced' } });
    const templateId = await bench.enrol(person.id);
    const otherId = await bench.enrol(person.id, 'other-model');
    const agent = await connect();
    const hello = await agent.hello();
    const page = await agent.pull(0);
    if (!page.ok || !hello.ok) throw new Error('refused');
    expect(page).toMatchObject({ reset: false, throughRevision: hello.desiredRevision });
    expect(page.changes).toContainEqual(
      expect.objectContaining({
        kind: 'person.put',
        person: expect.objectContaining({ id: person.id, name: 'Synced', status: 'active' }),
      }),
    );
    const put = page.changes.find(
      (change) => change.kind === 'template.put' && change.template.id === templateId,
    );
    if (put?.kind !== 'template.put') throw new Error('no template');
    expect(put.template).toMatchObject({ personId: person.id, modelId: MODEL_ID });
    expect(new Float32Array(Uint8Array.from(put.template.embedding).buffer)).toEqual(
      Float32Array.of(0.6, -0.8, 0),
    );
    expect(JSON.stringify(page.changes)).not.toContain(otherId);
    const doors = page.changes.filter((change) => change.kind === 'door.put');
    expect(doors.map((change) => change.door.id)).toEqual([door.id]);
    expect(await agent.pull(page.throughRevision)).toMatchObject({
      changes: [],
      throughRevision: page.throughRevision,
    });
  });

  it('tells the agent of every change after its commit', async () => {
    const agent = await connect();
    const hello = await agent.hello();
    if (!hello.ok) throw new Error('refused');
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'New' } });
    const templateId = await bench.enrol(person.id);
    await agent.message<{ desiredRevision: number }>(
      'sync.changed',
      (told) => told.desiredRevision >= hello.desiredRevision + 2,
    );
    const before = await agent.pull(hello.desiredRevision);
    if (!before.ok) throw new Error('refused');
    expect(before.changes.map((change) => change.kind)).toEqual(['person.put', 'template.put']);

    await server.call('DELETE', `/api/people/${person.id}`);
    const after = await agent.pull(before.throughRevision);
    if (!after.ok) throw new Error('refused');
    expect(after.changes).toEqual([
      expect.objectContaining({ kind: 'template.delete', templateId }),
      expect.objectContaining({ kind: 'person.delete', personId: person.id }),
    ]);

    await server.call('PATCH', `/api/doors/${door.id}`, { json: { settings: { unlockMs: 999 } } });
    const settings = await agent.pull(after.throughRevision);
    if (!settings.ok) throw new Error('refused');
    expect(settings.changes).toMatchObject([
      { kind: 'door.put', door: { settings: { unlockMs: 999, framesToDecide: 3 } } },
    ]);
  });

  it('cuts pages so that their embeddings fit into one packet', async () => {
    const agent = await connect();
    const hello = await agent.hello();
    if (!hello.ok) throw new Error('refused');
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Many faces' } });
    const templateIds: string[] = [];
    for (let index = 0; index < 25; index++) templateIds.push(await bench.enrol((person as Person).id));
    const changes = await agent.pullAll(hello.desiredRevision);
    expect(changes.flatMap((change) => (change.kind === 'template.put' ? [change.template.id] : []))).toEqual(
      templateIds,
    );
    const page = await agent.pull(hello.desiredRevision);
    expect(page).toMatchObject({ ok: true, throughRevision: hello.desiredRevision + 11 });
  });

  it('brings the templates of a page in one block to an agent that takes them so', async () => {
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Blocks' } });
    const agent = await connect();
    const hello = await agent.hello({ capabilities: ['template-transform', 'template-blocks'] });
    if (!hello.ok) throw new Error('refused');
    const templateIds: string[] = [];
    for (let index = 0; index < 25; index++) templateIds.push(await bench.enrol((person as Person).id));
    const page = await agent.pull(hello.desiredRevision);
    if (!page.ok) throw new Error('refused');
    expect(page.throughRevision).toBe(hello.desiredRevision + 25);
    const [change] = page.changes;
    if (change?.kind !== 'templates.put') throw new Error('no block');
    expect(change).toMatchObject({ modelId: MODEL_ID, count: 25 });
    const templates = unpackTemplates(change.block, { count: 25, dimension: 3 });
    expect(templates?.map(({ id }) => id)).toEqual(templateIds);
    expect(templates?.[0]).toMatchObject({ personId: person.id, transformId: hello.transformId });
  });

  it('lets a door that goes by rules know whom it is to turn away, and no other', async () => {
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Suspended' } });
    const templateId = await bench.enrol(person.id);
    const before = await server.running.app.get(ChangeFeed).head();
    const { status } = await server.call('PATCH', `/api/people/${person.id}`, {
      json: { status: 'suspended', statusReason: 'lost badge' },
    });
    expect(status).toBe(200);
    const pulled = async (capabilities: string[]) => {
      const agent = await connect();
      await agent.hello({ capabilities });
      return (await agent.pullAll(before)).map((change) =>
        change.kind === 'person.put' ? change.person.status : change.kind,
      );
    };
    expect(await pulled(['access-rules'])).toEqual(['suspended', 'template.put']);
    expect(await pulled([])).toEqual(['suspended', 'template.delete']);
    expect(templateId).toBeTruthy();
  });

  it('gives doors that pull the same page the same people, and each its own settings alone', async () => {
    const other = await bench.makeDoor();
    const agents = [await connect(), await connect(other.token)];
    const hellos = [await agents[0]!.hello(), await agents[1]!.hello()];
    const [hello] = hellos;
    if (!hello?.ok) throw new Error('refused');
    await server.call('POST', '/api/people', { json: { name: 'Shared' } });
    const [first, second] = await Promise.all(agents.map((agent) => agent.pullAll(hello.desiredRevision)));
    expect(first).toEqual(second);
    expect(first).toMatchObject([{ kind: 'person.put', person: { name: 'Shared' } }]);
    const level = await server.running.app.get(ChangeFeed).head();
    await server.call('PATCH', `/api/doors/${door.id}`, { json: { settings: { unlockMs: 4321 } } });
    const [own, others] = await Promise.all(agents.map((agent) => agent.pullAll(level)));
    expect(own).toMatchObject([{ kind: 'door.put', door: { id: door.id } }]);
    expect(others).toEqual([]);
  });

  it('makes an agent with a foreign cursor start again', async () => {
    const agent = await connect();
    const hello = await agent.hello();
    if (!hello.ok) throw new Error('refused');
    for (const afterRevision of [12, hello.desiredRevision + 1]) {
      expect(await agent.pull(afterRevision)).toMatchObject({
        ok: true,
        reset: true,
        changes: [],
        throughRevision: 0,
      });
    }
  });
});
