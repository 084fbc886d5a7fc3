import {
  agentEventSchema,
  doorStateSchema,
  eventsPushSchema,
  helloSchema,
  partOf,
  previewFrameSchema,
  syncRepairAnswerSchema,
  unpackTemplates,
  type Change,
  type Door,
  type Person,
} from '@munjigi/contracts';
import { digestOf, goldenMessage } from '@munjigi/contracts/testing';
import { newId } from '../../platform/database/uuid';
import { until } from '../../testing/until';
import { makeEvent, MODEL_ID, TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { TemplateVault } from '../people/template-vault';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { AgentLink } from './agent-link';

let server: TestServer;
let door: { id: string; token: string };
const agents: TestAgent[] = [];

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
beforeEach(async () => {
  door = await makeDoor();
});
afterEach(() => agents.splice(0).forEach((agent) => agent.close()));

async function makeDoor() {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Tested' } });
  return { id: body.door.id as string, token: body.agentToken as string };
}

async function connect(token = door.token): Promise<TestAgent> {
  const agent = await TestAgent.connect(server.url, token);
  agents.push(agent);
  return agent;
}

const readDoor = async (): Promise<Door> => (await server.call('GET', `/api/doors/${door.id}`)).body as Door;
const count = async (): Promise<number> => {
  const rows = await server.dataSource.query('SELECT count(*) FROM access_event WHERE door_id = $1', [
    door.id,
  ]);
  return Number(rows[0].count);
};

/** Gives a person a template without a face having to be looked at. */
async function enrol(personId: string, modelId = MODEL_ID): Promise<string> {
  return server.dataSource.transaction(async (manager) => {
    const embedding = Float32Array.of(0.6, -0.8, 0);
    const vault = server.running.app.get(TemplateVault, { strict: false });
    const template = await vault.add(manager, { personId, modelId, origin: 'photo', embedding });
    await server.running.app
      .get(ChangeFeed)
      .record(manager, [{ family: 'template', entityId: template.id, deleted: false }]);
    return template.id;
  });
}

describe('an agent', () => {
  it('has to say hello first', async () => {
    const agent = await connect();
    for (const [name, message] of [
      ['sync.pull', { v: 1, afterRevision: 0, limit: 10 }],
      ['events.push', { v: 1, epoch: agent.epoch, events: [makeEvent(1)] }],
      ['door.state', { v: 1, lock: 'locked', cameraFault: null }],
      ['preview.frame', goldenMessage('previewFrame')],
    ] as const) {
      expect(await agent.ask(name, message)).toMatchObject({
        ok: false,
        error: { code: 'agent/hello-first' },
      });
    }
    expect(await count()).toBe(0);
    expect((await readDoor()).online).toBe(false);
  });

  it('is told who it is, what there is to pull, and how far its outbox is stored', async () => {
    const agent = await connect();
    const answer = await agent.hello();
    expect(answer).toMatchObject({ ok: true, doorId: door.id, doorName: 'Tested', acknowledgedSequence: 0 });
    expect(await readDoor()).toMatchObject({ online: true, lastSeenAt: expect.any(String) });
    await agent.push([makeEvent(1), makeEvent(2)]);
    expect(await agent.hello()).toMatchObject({ acknowledgedSequence: 2 });
    agent.close();
    await until('the door to be offline', async () => !(await readDoor()).online);
  });

  it('gives way to a newer connection of the same door', async () => {
    const older = await connect();
    await older.hello();
    const gone = new Promise((resolve) => older.socket.once('disconnect', resolve));
    const newer = await connect();
    await newer.hello();
    await gone;
    expect((await readDoor()).online).toBe(true);
  });

  it('stays online when it is back before its leave was noted', async () => {
    const older = await connect();
    await older.hello();
    const link = server.running.app.get(AgentLink, { strict: false });
    let back: Promise<unknown> = Promise.resolve();
    let newer: TestAgent | undefined;
    // While somebody else writes the door, nothing that is noted of it comes through.
    await server.dataSource.transaction(async (manager) => {
      await manager.query('SELECT id FROM door WHERE id = $1 FOR UPDATE', [door.id]);
      older.socket.emit('door.state', { v: 1, lock: 'unlocked', cameraFault: null });
      await older.pull(0);
      older.close();
      await until('the older connection to be gone', () => !link.holds(door.id));
      newer = await connect();
      back = newer.hello();
      await newer.ask('door.state', null);
    });
    expect(await back).toMatchObject({ ok: true });
    const left = `SELECT id FROM door_event WHERE door_id = $1 AND kind = 'agent-offline'`;
    await until(
      'its leave to be noted',
      async () => (await server.dataSource.query(left, [door.id])).length === 1,
    );
    expect(await readDoor()).toMatchObject({ online: true, lock: 'unlocked' });
  });

  it('is refused in another version of the protocol', async () => {
    const agent = await connect();
    const hello = { ...(goldenMessage('hello') as object), v: 2 };
    expect(await agent.ask('hello', hello)).toEqual({
      ok: false,
      error: {
        code: 'agent/unsupported-version',
        message: 'This server speaks version 1 of the agent protocol.',
      },
    });
  });

  it('may send the golden messages', async () => {
    const agent = await connect();
    const hello = helloSchema.parse(goldenMessage('hello'));
    expect(await agent.ask('hello', hello)).toMatchObject({ ok: true });
    const push = eventsPushSchema.parse(goldenMessage('eventsPush'));
    expect(await agent.ask('events.push', { ...push, epoch: hello.outbox.epoch })).toMatchObject({
      ok: true,
    });
    expect(await agent.ask('sync.pull', goldenMessage('syncPull'))).toMatchObject({ ok: true });
    agent.socket.emit('door.state', goldenMessage('doorState'));
    agent.socket.emit('preview.frame', previewFrameSchema.parse(goldenMessage('previewFrame')));
    const state = goldenMessage('doorState') as { lock: string };
    await until('the state to be noted', async () => (await readDoor()).lock === state.lock);
    expect(
      server.logLines.filter((line) => line.includes('socket message refused') && line.includes('preview')),
    ).toEqual([]);
  });

  it('survives saying nonsense, and is told where it is wrong', async () => {
    const agent = await connect();
    await agent.hello();
    for (const nonsense of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { v: 1 },
      { v: 1, afterRevision: -1, limit: 1 },
    ]) {
      const answer = await agent.ask('sync.pull', nonsense);
      expect(answer).toMatchObject({ ok: false, error: { code: 'message/invalid' } });
    }
    expect(await agent.ask('sync.pull', { v: 1, afterRevision: 0, limit: 'all' })).toMatchObject({
      error: { issues: [{ path: 'limit' }] },
    });
    agent.socket.emit('door.state', { v: 1, lock: 'ajar' });
    agent.socket.emit('preview.frame', 'not a frame');
    expect(await agent.pull(0)).toMatchObject({ ok: true });
  });

  it('reports its door', async () => {
    const agent = await connect();
    await agent.hello();
    agent.socket.emit('door.state', { v: 1, lock: 'unlocked', cameraFault: 'no such file: lobby.mp4' });
    await until('the state to be noted', async () => (await readDoor()).lock === 'unlocked');
    expect(await readDoor()).toMatchObject({ cameraFault: 'no such file: lobby.mp4', condition: null });
    const state = doorStateSchema.parse(goldenMessage('doorStateWithCondition'));
    agent.socket.emit('door.state', state);
    await until('the condition to be noted', async () => (await readDoor()).condition !== null);
    expect(await readDoor()).toMatchObject({ condition: state.condition });
    const healthy = doorStateSchema.parse(goldenMessage('doorStateWithHealth'));
    agent.socket.emit('door.state', { ...healthy, cameraFault: 'dark', cameraFaultKind: 'black' });
    await until('the health to be noted', async () => Boolean((await readDoor()).device?.health));
    expect(await readDoor()).toMatchObject({ device: { health: healthy.health }, cameraFaultKind: 'black' });
    // What changes meanwhile says nothing of it.
    agent.socket.emit('door.state', { ...state, lock: 'unlocked' });
    await until('the change to be noted', async () => (await readDoor()).lock === 'unlocked');
    expect(await readDoor()).toMatchObject({ device: { health: healthy.health }, cameraFaultKind: null });
  });
});

describe('events', () => {
  it('sent again are stored once', async () => {
    const agent = await connect();
    await agent.hello();
    const events = [makeEvent(1), makeEvent(2), makeEvent(3)];
    expect(await agent.push(events)).toEqual({ ok: true, acknowledgedSequence: 3 });
    expect(await agent.push(events)).toEqual({ ok: true, acknowledgedSequence: 3 });
    expect(await agent.push([...events.slice(1), makeEvent(4)])).toEqual({
      ok: true,
      acknowledgedSequence: 4,
    });
    expect(await count()).toBe(4);
  });

  it('sent by two connections at once are stored once', async () => {
    const events = Array.from({ length: 200 }, (_, index) => makeEvent(index + 1));
    const first = await connect();
    await first.hello();
    const lost = first.push(events).catch(() => null);
    const second = await connect();
    await second.hello({ outbox: { epoch: first.epoch, lastSequence: 200 } });
    const answer = await second.ask('events.push', { v: 1, epoch: first.epoch, events });
    expect(answer).toEqual({ ok: true, acknowledgedSequence: 200 });
    await lost;
    expect(await count()).toBe(200);
  });

  it('that are not numbered upwards are refused together, with the place', async () => {
    const agent = await connect();
    await agent.hello();
    for (const sequence of [1, 0, undefined]) {
      const events = [makeEvent(1), makeEvent(2, { sequence })];
      expect(await agent.ask('events.push', { v: 1, epoch: agent.epoch, events })).toMatchObject({
        ok: false,
        error: { issues: [{ path: 'events.1.sequence' }] },
      });
    }
    expect(await count()).toBe(0);
  });

  it('of another epoch than hello’s are refused', async () => {
    const agent = await connect();
    await agent.hello();
    const answer = await agent.ask('events.push', { v: 1, epoch: newId(), events: [makeEvent(1)] });
    expect(answer).toMatchObject({ ok: false, error: { code: 'events/other-epoch' } });
  });

  it('of a new epoch count from one again', async () => {
    const agent = await connect();
    await agent.hello();
    expect(await agent.push([makeEvent(1)])).toEqual({ ok: true, acknowledgedSequence: 1 });
    const again = await connect();
    await again.hello();
    expect(await again.push([makeEvent(1)])).toEqual({ ok: true, acknowledgedSequence: 1 });
    expect(await count()).toBe(2);
  });

  it('that the door no longer has are missed once, and loudly', async () => {
    const agent = await connect();
    await agent.hello();
    expect(await agent.push([makeEvent(5), makeEvent(6)])).toEqual({ ok: true, acknowledgedSequence: 6 });
    const told = server.logLines.filter((line) => line.includes('are missing') && line.includes(door.id));
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0] ?? '{}')).toMatchObject({ missing: 4, doorId: door.id });
  });

  it('that overtake others are kept, and acknowledged when the others have come', async () => {
    const agent = await connect();
    await agent.hello();
    expect(await agent.push([makeEvent(1)])).toEqual({ ok: true, acknowledgedSequence: 1 });
    expect(await agent.push([makeEvent(4)])).toEqual({ ok: true, acknowledgedSequence: 1 });
    expect(await agent.push([makeEvent(2), makeEvent(3)])).toEqual({ ok: true, acknowledgedSequence: 3 });
  });

  it('sent ahead of a batch that fails are not acknowledged past it', async () => {
    const agent = await connect();
    await agent.hello();
    const bad = agent.ask('events.push', {
      v: 1,
      epoch: agent.epoch,
      events: [makeEvent(1), makeEvent(2, { sequence: 1 })],
    });
    const ahead = agent.push([makeEvent(3)]);
    expect(await bad).toMatchObject({ ok: false });
    expect(await ahead).toEqual({ ok: true, acknowledgedSequence: 0 });
  });

  it('keep every field', async () => {
    const agent = await connect();
    await agent.hello();
    const event = makeEvent(1, {
      occurredAt: '2026-09-01T09:00:00.123+09:00',
      clockOffsetMs: -12.5,
      runnerUpSimilarity: -0.5,
      quality: 0.82,
      liveness: 0.31,
      appliedRevision: 4_000_000_000,
    });
    await agent.push([event]);
    const [row] = await server.dataSource.query('SELECT * FROM access_event WHERE id = $1', [event.id]);
    expect(agentEventSchema.parse(event)).toEqual(event);
    expect(row).toMatchObject({
      occurred_at: new Date(event.occurredAt),
      clock_offset_ms: -12.5,
      runner_up_similarity: -0.5,
      similarity: event.similarity,
      similarity_min: event.similarityMin,
      monotonic_ms: event.monotonicMs,
      applied_revision: '4000000000',
      track_id: event.trackId,
      model_id: event.modelId,
    });
  });
});

describe('sync', () => {
  it('brings people, templates of the agent’s model and the door itself, and then nothing', async () => {
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Synced' } });
    const templateId = await enrol(person.id);
    const otherId = await enrol(person.id, 'other-model');
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
    const templateId = await enrol(person.id);
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
    for (let index = 0; index < 25; index++) templateIds.push(await enrol((person as Person).id));
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
    for (let index = 0; index < 25; index++) templateIds.push(await enrol((person as Person).id));
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
    const templateId = await enrol(person.id);
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
    const other = await makeDoor();
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

  describe('compared', () => {
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
      const templateId = await enrol(person.id);
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
      const templateId = await enrol(person.id);
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
