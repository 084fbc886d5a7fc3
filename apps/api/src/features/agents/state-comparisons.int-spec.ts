import { partOf, syncRepairAnswerSchema, type Change } from '@munjigi/contracts';
import { digestOf, goldenMessage } from '@munjigi/contracts/testing';
import { newId } from '../../platform/database/uuid';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { AgentBench } from '../../testing/agent-bench';
import type { TestAgent } from '../../testing/test-agent';
import type { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';

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
const readDoor = () => bench.readDoor(door.id);

describe('what a door holds, compared', () => {
  const capabilities = ['state-digest', 'access-rules', 'template-transform', 'template-blocks'];
  const camera = { source: { kind: 'usb', resolution: { width: 1280, height: 720 } } };
  let agent: TestAgent;
  let changes: Change[];
  let level: number;

  const settle = async () => {
    const pulled = await agent.pullAll(level);
    level = Math.max(level, ...pulled.map(({ revision }) => revision));
    changes.push(...pulled);
  };
  const compare = async () => {
    const head = await server.running.app.get(ChangeFeed).head();
    return agent.ask('sync.digest', { v: 1, revision: head, parts: digestOf(changes) });
  };
  beforeEach(async () => {
    await server.call('PUT', `/api/doors/${door.id}/camera`, { json: { camera } });
    agent = await connect();
    await agent.hello({ capabilities });
    [changes, level] = [[], 0];
    await settle();
  });

  it('is the same after every kind of change that a door is told of', async () => {
    expect(await compare()).toEqual({ ok: true, verdict: 'same', parts: [] });
    const post = async (path: string, json: object) =>
      (await server.call('POST', path, { json })).body as { id: string };
    const group = await post('/api/groups', { name: `Compared ${door.id}` });
    const person = await post('/api/people', { name: '이정인', groupIds: [group.id] });
    const templateId = await bench.enrol(person.id);
    const steps: [string, string, object?][] = [
      ['PATCH', `/api/people/${person.id}`, { name: '이정은' }],
      ['PATCH', `/api/people/${person.id}`, { status: 'suspended', statusReason: 'away' }],
      ['PATCH', `/api/people/${person.id}`, { status: 'active', validUntil: '2030-01-01T00:00:00Z' }],
      ['PATCH', `/api/groups/${group.id}`, { name: `Renamed ${door.id}` }],
      ['PATCH', `/api/doors/${door.id}`, { name: 'Renamed', settings: { unlockMs: 1234 } }],
      ['PUT', `/api/doors/${door.id}/override`, { state: 'unlocked', forMs: 60_000, reason: 'delivery' }],
      ['DELETE', `/api/groups/${group.id}`],
      ['DELETE', `/api/people/${person.id}/templates/${templateId}`],
      ['DELETE', `/api/people/${person.id}`],
    ];
    for (const [method, path, json] of steps) {
      const { status } = await server.call(method, path, json && { json });
      expect([method, path, status]).toEqual([method, path, expect.any(Number)]);
      expect(status).toBeLessThan(300);
      await settle();
      expect([method, path, await compare()]).toEqual([
        ...[method, path],
        { ok: true, verdict: 'same', parts: [] },
      ]);
    }
  });

  it('says nothing while the door has not got everything', async () => {
    const head = await server.running.app.get(ChangeFeed).head();
    await server.call('POST', '/api/people', { json: { name: 'Later' } });
    const early = await agent.ask('sync.digest', { v: 1, revision: head, parts: digestOf(changes) });
    expect(early).toEqual({ ok: true, verdict: 'unsettled', parts: [] });
  });

  it('shows a difference, says what belongs there, and shows that it is gone', async () => {
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Lost' } });
    const templateId = await bench.enrol(person.id);
    const before = [...changes];
    await settle();
    changes = before;
    const told = (await compare()) as { parts: number[]; verdict: string };
    expect(told).toMatchObject({ verdict: 'different' });
    expect(told.parts.sort()).toEqual([...new Set([partOf(person.id), partOf(templateId)])].sort());
    expect((await readDoor()).device).toMatchObject({ agrees: false, comparedAt: expect.any(String) });
    const { body: alarms } = await server.call('GET', `/api/alarms?doorId=${door.id}`);
    expect(alarms.items).toMatchObject([{ kind: 'state-drift', door: { id: door.id } }]);

    for (const part of told.parts) {
      const repaired = await agent.ask('sync.repair', { v: 1, part });
      changes.push(...(syncRepairAnswerSchema.parse(repaired) as { changes: Change[] }).changes);
    }
    expect(await compare()).toMatchObject({ verdict: 'same' });
    expect((await readDoor()).device).toMatchObject({ agrees: true });
    const { body: after } = await server.call('GET', `/api/alarms?doorId=${door.id}`);
    expect(after.items).toMatchObject([{ kind: 'state-drift', state: 'resolved' }]);
  });

  it('is asked for by whoever may write doors, of a door that is there', async () => {
    const path = `/api/doors/${door.id}/compare-state`;
    expect((await server.call('POST', path)).status).toBe(200);
    await agent.message('sync.compare');
    agent.close();
    await until('the door to be offline', async () => !(await readDoor()).online);
    expect(await server.call('POST', path)).toMatchObject({ status: 409, body: { code: 'doors/offline' } });
    const auditor = await server.as('auditor');
    expect((await auditor.call('POST', path)).status).toBe(403);
    expect((await server.call('POST', `/api/doors/${newId()}/compare-state`)).status).toBe(404);
    expect((await server.call('POST', '/api/doors/x/compare-state')).status).toBe(400);
  });

  it('needs an agent that is sent everything', async () => {
    const plain = await connect();
    await plain.hello();
    for (const [name, message] of [
      ['sync.digest', goldenMessage('syncDigest')],
      ['sync.repair', goldenMessage('syncRepair')],
    ] as const) {
      expect(await plain.ask(name, message)).toMatchObject({ error: { code: 'sync/not-comparable' } });
    }
  });
});
