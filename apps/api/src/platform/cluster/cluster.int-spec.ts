import { randomBytes } from 'node:crypto';
import {
  liveDoorSchema,
  liveEventSchema,
  liveFrameSchema,
  type LiveDoor,
  type LiveEvent,
} from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { io, type Socket } from 'socket.io-client';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestDevice } from '../../testing/test-device';
import { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';
import { newId } from '../database/uuid';

const templateKey = randomBytes(32);
let first: TestServer;
let second: TestServer;
let door: { id: string; token: string };
let agent: TestAgent;
let consoleSocket: Socket;

beforeAll(async () => {
  first = await (await TestServer.start({ clustered: true, templateKeys: [templateKey] })).signIn();
  second = await TestServer.start({
    clustered: true,
    templateKeys: [templateKey],
    databaseUrl: first.databaseUrl,
  });
  const { body } = await first.call('POST', '/api/doors', { json: { name: 'Far' } });
  door = { id: body.door.id, token: body.agentToken };
  // The agent is at the second process, the console at the first.
  agent = await TestAgent.connect(second.url, door.token);
  await agent.hello();
  consoleSocket = io(`${first.url}/live`, {
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie: first.cookieHeader, origin: first.url },
  });
  await new Promise((resolve) => consoleSocket.once('connect', () => resolve(null)));
});
afterAll(async () => {
  consoleSocket.disconnect();
  agent.close();
  await second.close();
  await first.close();
});

/** The next message of that name that fits. */
function next<T>(name: string, fits: (message: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listen = (message: T) => {
      if (!fits(message)) return;
      consoleSocket.off(name, listen);
      resolve(message);
    };
    consoleSocket.on(name, listen);
  });
}

describe('two processes on one database', () => {
  it('both know that a door is online', async () => {
    expect((await first.call('GET', `/api/doors/${door.id}`)).body.online).toBe(true);
  });

  it('let a door at one know of a change that the other made', async () => {
    const changed = agent.message('sync.changed');
    await first.call('POST', '/api/people', { json: { name: 'New' } });
    expect(await changed).toMatchObject({ desiredRevision: expect.any(Number) });
  });

  it('show an event that one stored at a console of the other, once', async () => {
    const shown: string[] = [];
    consoleSocket.on('event', (message: LiveEvent) => shown.push(message.event.id));
    const events = [makeEvent(1), makeEvent(2)];
    const last = next<LiveEvent>('event', ({ event }) => event.id === events[1]?.id);
    await agent.push(events);
    expect(liveEventSchema.parse(await last).event.door.id).toBe(door.id);
    expect(shown).toEqual(events.map((event) => event.id));
  });

  it('bring a door’s pictures from one to a console of the other', async () => {
    const asked = agent.message('preview.watch');
    await consoleSocket.timeout(5_000).emitWithAck('watch', { v: 1, doorIds: [door.id] });
    expect(await asked).toMatchObject({ leaseMs: expect.any(Number) });
    const shown = next('frame');
    agent.socket.emit('preview.frame', goldenMessage('previewFrame'));
    expect(liveFrameSchema.parse(await shown)).toMatchObject({ doorId: door.id });
  });

  it('ask a door at one for pictures that the other needs', async () => {
    const trackId = newId();
    agent.socket.on('capture.request', (_: unknown, answer: (message: unknown) => void) =>
      answer({ ok: false, error: { code: 'capture/track-gone', message: 'gone' } }),
    );
    const answer = await first.call('POST', `/api/doors/${door.id}/enrolments`, {
      json: { trackId, name: 'Somebody' },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'enrolment/track-gone' } });
  });

  it('say so when a door answers at neither', async () => {
    const { body } = await first.call('POST', '/api/doors', { json: { name: 'Nowhere' } });
    const answer = await first.call('POST', `/api/doors/${body.door.id}/enrolments`, {
      json: { trackId: newId(), name: 'Somebody' },
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'enrolment/door-offline' } });
  });

  it('end a session’s consoles at both', async () => {
    const caller = await first.as('operator');
    const socket = io(`${second.url}/live`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { cookie: caller.cookie, origin: second.url },
    });
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    await caller.call('POST', '/api/auth/logout');
    await ended;
  });

  it('move a door that connects to the other, and keep it online', async () => {
    const moved = await TestAgent.connect(first.url, door.token);
    await moved.hello();
    await until('the older connection to end', () => agent.socket.disconnected);
    expect((await first.call('GET', `/api/doors/${door.id}`)).body.online).toBe(true);
    const offline = next<LiveDoor>('door', (message) => message.door.id === door.id && !message.door.online);
    moved.close();
    expect(liveDoorSchema.parse(await offline).door.online).toBe(false);
  });

  it('close at one the connection of a device that the other revokes, at once', async () => {
    const { body } = await first.call('POST', '/api/doors', { json: { name: 'Stolen' } });
    const { body: made } = await first.call('POST', `/api/doors/${body.door.id}/pairing-code`);
    const device = new TestDevice();
    await device.pair(second, made.code as string);
    const stolen = await device.connect(second.url);
    await stolen.hello();
    const gone = new Promise((resolve) => stolen.socket.once('disconnect', resolve));
    await first.call('POST', `/api/doors/${body.door.id}/revoke-device`, { json: {} });
    await gone;
    await expect(device.connect(second.url)).rejects.toThrow('agent/unauthenticated');
  });

  it('take a process that is no more for what it is', async () => {
    const third = await TestServer.start({
      clustered: true,
      templateKeys: [templateKey],
      databaseUrl: first.databaseUrl,
    });
    const lost = await TestAgent.connect(third.url, door.token);
    await lost.hello();
    const online = async () => (await first.call('GET', `/api/doors/${door.id}`)).body.online as boolean;
    expect(await online()).toBe(true);
    await first.dataSource.query(`UPDATE server_node SET seen_at = now() - interval '1 hour' WHERE id IN
      (SELECT node_id FROM door WHERE id = '${door.id}')`);
    expect(await online()).toBe(false);
    lost.close();
    await third.close();
    await until(
      'the process to be taken off the list',
      async () => (await first.dataSource.query('SELECT id FROM server_node')).length === 2,
    );
  });
});

describe('a process that does not know of others', () => {
  it('does not start beside one', async () => {
    await expect(
      TestServer.start({ databaseUrl: first.databaseUrl, templateKeys: [templateKey] }),
    ).rejects.toMatchObject({
      code: 'server/not-clustered',
    });
  });
});
