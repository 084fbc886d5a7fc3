import { liveDoorSchema, liveEventSchema, liveFrameSchema, type LiveEvent } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { ADMINISTRATOR, TestServer } from '../../testing/test-server';
import { DoorsService } from '../doors/doors.service';

let server: TestServer;
let door: { id: string; token: string };
let agent: TestAgent;
const consoles: Socket[] = [];

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
beforeEach(async () => {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Watched' } });
  door = { id: body.door.id, token: body.agentToken };
  agent = await TestAgent.connect(server.url, door.token);
  await agent.hello();
});
afterEach(() => {
  agent.close();
  consoles.splice(0).forEach((socket) => socket.disconnect());
});

async function openConsole(cookie = server.cookieHeader): Promise<Socket> {
  const socket = io(`${server.url}/live`, {
    reconnection: false,
    forceNew: true,
    transports: ['websocket'],
    extraHeaders: { cookie, origin: server.url },
  });
  consoles.push(socket);
  await new Promise((resolve, reject) =>
    socket.once('connect', () => resolve(null)).once('connect_error', reject),
  );
  return socket;
}

/** The next message of that name that fits. */
function next<T>(socket: Socket, name: string, fits: (message: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listen = (message: T) => {
      if (!fits(message)) return;
      socket.off(name, listen);
      resolve(message);
    };
    socket.on(name, listen);
  });
}

const watch = (socket: Socket, ...doorIds: string[]) =>
  socket.timeout(5_000).emitWithAck('watch', { v: 1, doorIds }) as Promise<unknown>;

describe('the live feed', () => {
  it('shows an event when it is stored, with the names of door and person', async () => {
    const socket = await openConsole();
    const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Live One' } });
    const shown = next<LiveEvent>(socket, 'event');
    const event = makeEvent(1, { outcome: 'granted', reason: 'matched', personId: person.id });
    await agent.push([event]);
    expect(liveEventSchema.parse(await shown).event).toMatchObject({
      id: event.id,
      door: { id: door.id, name: 'Watched' },
      person: { id: person.id, name: 'Live One' },
    });
  });

  it('shows an event that is sent twice only once', async () => {
    const socket = await openConsole();
    const shown: string[] = [];
    socket.on('event', (message: LiveEvent) => shown.push(message.event.id));
    const [first, second] = [makeEvent(1), makeEvent(2)];
    const lastShown = next<LiveEvent>(socket, 'event', (message) => message.event.id === second.id);
    await agent.push([first]);
    await agent.push([first]);
    await agent.push([first, second]);
    await lastShown;
    expect(shown).toEqual([first.id, second.id]);
  });

  it('shows a door that goes, comes, changes and is changed', async () => {
    const socket = await openConsole();
    const shows = (fits: (shown: Record<string, unknown>) => boolean) =>
      next<{ door: Record<string, unknown> }>(
        socket,
        'door',
        (message) => message.door.id === door.id && fits(message.door),
      );
    const offline = shows((shown) => shown.online === false);
    agent.close();
    liveDoorSchema.parse(await offline);
    const online = shows((shown) => shown.online === true);
    agent = await TestAgent.connect(server.url, door.token);
    await agent.hello();
    await online;
    const unlocked = shows((shown) => shown.lock === 'unlocked');
    agent.socket.emit('door.state', { v: 1, lock: 'unlocked', cameraFault: null });
    await unlocked;
    const renamed = shows((shown) => shown.name === 'Renamed');
    await server.call('PATCH', `/api/doors/${door.id}`, { json: { name: 'Renamed' } });
    await renamed;
  });

  it('asks a door for pictures exactly while somebody watches', async () => {
    type Lease = { leaseMs: number };
    const [one, two] = [await openConsole(), await openConsole()];
    expect(await watch(one, door.id)).toEqual({ ok: true });
    await agent.message<Lease>('preview.watch', ({ leaseMs }) => leaseMs > 0);
    await watch(two, door.id);
    await watch(one);
    agent.received.length = 0;
    // The other still watches, so nothing was stopped.
    await watch(two, door.id);
    expect(agent.received.filter(({ name }) => name === 'preview.watch')).toEqual([]);
    two.disconnect();
    expect(await agent.message('preview.watch')).toMatchObject({ leaseMs: 0 });
  });

  it('goes by what was asked last, even if what was asked before takes longer', async () => {
    const socket = await openConsole();
    const doors = server.running.app.get(DoorsService, { strict: false });
    const sitesOf = doors.sitesOf.bind(doors);
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    jest.spyOn(doors, 'sitesOf').mockImplementationOnce(async (doorIds) => {
      await held;
      return sitesOf(doorIds);
    });
    const before = watch(socket);
    expect(await watch(socket, door.id)).toEqual({ ok: true });
    release();
    await before;
    const shown = next(socket, 'frame');
    agent.socket.emit('preview.frame', goldenMessage('previewFrame'));
    await shown;
    const { message } = agent.received.findLast(({ name }) => name === 'preview.watch') ?? {};
    expect(message).toMatchObject({ framesPerSecondMax: 10, leaseMs: 10_000 });
  });

  it('asks a door that comes back for pictures again', async () => {
    await watch(await openConsole(), door.id);
    agent.close();
    agent = await TestAgent.connect(server.url, door.token);
    await agent.hello();
    await agent.message<{ leaseMs: number }>('preview.watch', ({ leaseMs }) => leaseMs > 0);
  });

  it('hands pictures on to those who watch that door, and to nobody else', async () => {
    const [watcher, other] = [await openConsole(), await openConsole()];
    await watch(watcher, door.id);
    await watch(other);
    const strays: unknown[] = [];
    other.on('frame', (frame: unknown) => strays.push(frame));
    const golden = goldenMessage('previewFrame') as { jpeg: Uint8Array };
    const shown = next(watcher, 'frame');
    agent.socket.emit('preview.frame', golden);
    const frame = liveFrameSchema.parse(await shown);
    expect(frame).toMatchObject({ doorId: door.id });
    expect(Buffer.from(frame.jpeg)).toEqual(Buffer.from(golden.jpeg));
    // Whatever was sent to the other console before this answer would have come before it.
    await watch(other);
    expect(strays).toEqual([]);
  });

  it('keeps no picture', async () => {
    await watch(await openConsole(), door.id);
    agent.socket.emit('preview.frame', goldenMessage('previewFrame'));
    await agent.pull(0);
    expect(server.logLines.join('')).not.toContain(
      JSON.stringify([...(goldenMessage('previewFrame') as { jpeg: Uint8Array }).jpeg]).slice(1, 20),
    );
  });

  it('refuses what is no list of doors', async () => {
    const socket = await openConsole();
    for (const message of [null, {}, { v: 2, doorIds: [] }, { v: 1, doorIds: ['x'] }]) {
      const answer: unknown = await socket.timeout(5_000).emitWithAck('watch', message);
      expect(answer).toMatchObject({ ok: false, error: { code: 'message/invalid' } });
    }
  });

  it('ends when the session does', async () => {
    const login = await server.callAnonymously('POST', '/api/auth/login', { json: ADMINISTRATOR });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const socket = await openConsole(cookie);
    const stays = await openConsole();
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    await server.callAnonymously('POST', '/api/auth/logout', { headers: { cookie } });
    await gone;
    expect(stays.connected).toBe(true);
    await expect(openConsole(cookie)).rejects.toThrow('live/unauthenticated');
  });

  it('ends at once when what somebody may do changes, and comes back with the new rights', async () => {
    const operator = await server.as('operator');
    const socket = await openConsole(operator.cookie);
    const stays = await openConsole();
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    const path = `/api/administrators/${operator.administratorId}/grants`;
    expect((await server.call('PUT', path, { json: { grants: [] } })).status).toBe(200);
    await gone;
    expect(stays.connected).toBe(true);
    await expect(openConsole(operator.cookie)).rejects.toThrow('live/forbidden');
  });

  it('of others ends when somebody ends all sessions but their own', async () => {
    const [here, there] = await Promise.all(
      [1, 2].map(async () => {
        const login = await server.callAnonymously('POST', '/api/auth/login', { json: ADMINISTRATOR });
        const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
        return { cookie, socket: await openConsole(cookie) };
      }),
    );
    const gone = new Promise((resolve) => there?.socket.once('disconnect', resolve));
    const headers = { cookie: here?.cookie ?? '' };
    await server.callAnonymously('DELETE', '/api/account/sessions', { headers });
    await gone;
    expect(here?.socket.connected).toBe(true);
    await server.signIn();
  });

  it('is looked at again when the server may have missed that somebody’s rights changed', async () => {
    const operator = await server.as('operator');
    const socket = await openConsole(operator.cookie);
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    await server.dataSource.query('DELETE FROM session WHERE administrator_id = $1', [
      operator.administratorId,
    ]);
    await server.asDatabaseOwner(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'munjigi-notifications' AND datname = current_database()`,
    );
    await gone;
    await expect(openConsole(operator.cookie)).rejects.toThrow('live/unauthenticated');
  });
});

describe('the live feed of somebody with one site', () => {
  const elsewhere = newId();
  beforeAll(() =>
    server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Busan', now())`, [
      elsewhere,
    ]),
  );

  it('shows events of that site alone', async () => {
    const [{ site_id: here }] = await server.dataSource.query('SELECT site_id FROM door WHERE id = $1', [
      door.id,
    ]);
    const mine = await openConsole((await server.as('operator', here)).cookie);
    const other = await openConsole((await server.as('operator', elsewhere)).cookie);
    const leaked: unknown[] = [];
    other.onAny((name: string) => leaked.push(name));
    const shown = next<LiveEvent>(mine, 'event');
    await agent.push([makeEvent(1)]);
    await shown;
    // The answer to a message of its own comes after whatever was sent to it before.
    await watch(other);
    expect(leaked).toEqual([]);
  });

  it('refuses pictures of another site’s door', async () => {
    const socket = await openConsole((await server.as('operator', elsewhere)).cookie);
    expect(await watch(socket, door.id)).toMatchObject({ ok: false, error: { code: 'auth/forbidden' } });
  });

  it('is closed to those who may not watch', async () => {
    const { cookie } = await server.as('registrar');
    await expect(openConsole(cookie)).rejects.toThrow('live/forbidden');
  });
});
