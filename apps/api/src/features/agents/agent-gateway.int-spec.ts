import {
  agentEventSchema,
  doorStateSchema,
  eventsPushSchema,
  helloSchema,
  previewFrameSchema,
  type AlarmsPage,
} from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { newId } from '../../platform/database/uuid';
import { AgentBench } from '../../testing/agent-bench';
import { makeEvent, type TestAgent } from '../../testing/test-agent';
import type { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';
import { AgentAuthentication } from './agent-authentication';
import { AgentLink } from './agent-link';

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
const count = async (): Promise<number> => {
  const rows = await server.dataSource.query('SELECT count(*) FROM access_event WHERE door_id = $1', [
    door.id,
  ]);
  return Number(rows[0].count);
};

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

  it('hears of the server so often that no proxy takes its link for idle, and both ends soon notice a dead one', async () => {
    const { socket } = await connect();
    const link = socket.io.engine as unknown as { _pingInterval: number; _pingTimeout: number };
    expect(link._pingInterval).toBeLessThanOrEqual(10_000);
    expect(link._pingInterval + link._pingTimeout).toBeLessThanOrEqual(20_000);
  });

  it('that cannot be let in because the database does not answer is sent away, and can come again', async () => {
    const authentication = server.running.app.get(AgentAuthentication, { strict: false });
    const asked = jest.spyOn(authentication, 'isStillGood').mockRejectedValueOnce(new Error('no connection'));
    const agent = await connect();
    await until('it to be sent away', () => agent.socket.disconnected);
    asked.mockRestore();
    expect(await (await connect()).hello()).toMatchObject({ ok: true });
  });

  it('is refused where it speaks no version that the server does, and told which of them is to be updated', async () => {
    const agent = await connect();
    const hello = { ...(goldenMessage('hello') as object), v: 2, protocol: { min: 2, max: 3 } };
    expect(await agent.ask('hello', hello)).toEqual(goldenMessage('helloRefusal'));
    expect((await readDoor()).device).toMatchObject({ refusedProtocol: { min: 2, max: 3 } });
    expect(await agent.hello()).toMatchObject({ ok: true, protocol: 1, understood: [] });
    expect((await readDoor()).device).toMatchObject({ protocol: 1, refusedProtocol: null });
  });

  it('is answered in the newest version that both speak, with what was understood of it', async () => {
    const agent = await connect();
    expect(await agent.ask('hello', goldenMessage('helloOfNewerAgent'))).toMatchObject({
      ...{ ok: true, protocol: 1 },
      understood: ['access-rules'],
    });
  });

  it('is let go, and nobody else suffers, when what let it in cannot be looked at again', async () => {
    const authentication = server.running.app.get(AgentAuthentication, { strict: false });
    const look = jest.spyOn(authentication, 'isStillGood');
    look.mockRejectedValueOnce(new Error('timeout exceeded when trying to connect'));
    const agent = await connect();
    await until('it to be gone', () => !agent.socket.connected);
    look.mockRestore();
    expect(await (await connect()).hello()).toMatchObject({ ok: true });
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

  it('measures our clock, and has told how far its own is from it', async () => {
    const agent = await connect();
    await agent.hello();
    const offsetOf = async () => (await bench.readDoor(door.id)).device?.clockOffsetMs;
    const before = Date.now();
    const wallTime = new Date(before - 5_000).toISOString();
    const sync = { v: 1, wallTime, offsetMs: 7_000, errorMs: 3 };
    const { receivedMs, answeredMs } = (await agent.ask('clock.sync', sync)) as Record<string, number>;
    const times = [before, receivedMs!, answeredMs!, Date.now()];
    expect(times).toEqual([...times].sort((one, other) => one - other));
    await until('the offset to be noted', async () => (await offsetOf()) === 7_000);
    await agent.ask('clock.sync', { ...sync, offsetMs: null, errorMs: null });
    await until('what we saw to be noted', async () => Math.abs((await offsetOf()) ?? 0) < 7_000);
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

  it('that say that they overtake hide nothing before them, though they come first on a connection', async () => {
    const { id, token } = await bench.makeDoor();
    const agent = await bench.connect(token);
    const forced = { ...makeEvent(3), kind: 'door-forced', details: {} };
    expect(await agent.hello()).toMatchObject({ capabilities: expect.arrayContaining(['event-lanes']) });
    const ahead = await agent.ask('events.push', {
      ...{ v: 1, epoch: agent.epoch, events: [forced], overtakes: true },
    });
    expect(ahead).toEqual({ ok: true, acknowledgedSequence: 0 });
    const raised = async () => {
      const { body } = await bench.server.call('GET', '/api/alarms?limit=200');
      return (body as AlarmsPage).items.filter((alarm) => alarm.door?.id === id);
    };
    expect(await raised()).toMatchObject([{ kind: 'door-forced', state: 'raised' }]);
    expect(await agent.push([makeEvent(1), makeEvent(2)])).toMatchObject({ acknowledgedSequence: 2 });
    expect(await agent.push([forced, makeEvent(4)])).toMatchObject({ acknowledgedSequence: 4 });
    expect(await raised()).toHaveLength(1);
    const outbox = await bench.server.call('GET', `/api/doors/${id}/outbox`);
    expect(JSON.stringify(outbox.body)).toContain('"missing":0');
  });

  it('that overtake acknowledge nothing, though the first of them is the next', async () => {
    const { token, id } = await bench.makeDoor();
    const agent = await bench.connect(token);
    await agent.hello();
    expect(await agent.push([makeEvent(1)])).toEqual({ ok: true, acknowledgedSequence: 1 });
    const forced = (sequence: number) => ({ ...makeEvent(sequence), kind: 'door-forced', details: {} });
    const [second, fifth] = [forced(2), forced(5)];
    const ahead = { v: 1, epoch: agent.epoch, events: [second, fifth], overtakes: true };
    expect(await agent.ask('events.push', ahead)).toEqual({ ok: true, acknowledgedSequence: 1 });
    const rest = [second, makeEvent(3), makeEvent(4), fifth];
    expect(await agent.push(rest)).toEqual({ ok: true, acknowledgedSequence: 5 });
    const [row] = await server.dataSource.query(
      `SELECT array_agg(sequence::int ORDER BY sequence) AS stored FROM (
         SELECT sequence FROM access_event WHERE door_id = $1
         UNION ALL SELECT sequence FROM door_event WHERE door_id = $1 AND sequence IS NOT NULL) AS event`,
      [id],
    );
    expect(row).toEqual({ stored: [1, 2, 3, 4, 5] });
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
