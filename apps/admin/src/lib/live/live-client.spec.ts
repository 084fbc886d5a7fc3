import type { AccessEvent, Alarm, Door, DoorId } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { once } from 'node:events';
import { type Server as HttpServer, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io } from 'socket.io-client';
import { LiveClient, type LiveStatus } from './live-client';

const DOORS = (goldenMessage('liveWatch') as { doorIds: DoorId[] }).doorIds;

let http: HttpServer;
let server: Server;
let url: string;
let refusal: string | null;
let client: LiveClient;
let statuses: LiveStatus[];

beforeEach(async () => {
  refusal = null;
  http = createServer();
  server = new Server(http);
  server.of('/live').use((_socket, next) => next(refusal === null ? undefined : new Error(refusal)));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/live`;
  client = new LiveClient(() =>
    Promise.resolve(
      io(url, {
        autoConnect: false,
        transports: ['websocket'],
        reconnectionDelay: 10,
        reconnectionDelayMax: 20,
      }),
    ),
  );
  statuses = [];
  client.statusChanged.add((status) => statuses.push(status));
});
afterEach(async () => {
  client.stop();
  await server.close();
});

/** The next connection, with the doors it asks to watch. */
async function connection(): Promise<{ socket: ServerSocket; watched: Promise<unknown> }> {
  const [socket] = (await once(server.of('/live'), 'connection')) as [ServerSocket];
  return { socket, watched: new Promise((resolve) => socket.once('watch', resolve)) };
}

const reached = (status: LiveStatus) =>
  client.status === status
    ? Promise.resolve()
    : new Promise<void>((resolve) => {
        const off = client.statusChanged.add((next) => {
          if (next !== status) return;
          off();
          resolve();
        });
      });

describe('LiveClient', () => {
  it('hands on every message that fits its schema, with the picture’s bytes', async () => {
    const events: AccessEvent[] = [];
    const doors: Door[] = [];
    const alarms: Alarm[] = [];
    client.events.add((event) => events.push(event));
    client.alarms.add((alarm) => alarms.push(alarm));
    client.doors.add((door) => doors.push(door));
    const frame = new Promise<Uint8Array>((resolve) =>
      client.frames.subscribe(DOORS[0]!, ({ frame: { jpeg } }) => resolve(jpeg)),
    );
    client.start();
    const { socket } = await connection();
    socket.emit('event', goldenMessage('liveEvent'));
    socket.emit('event', { v: 1, event: { id: 'spoilt' } });
    socket.emit('door', goldenMessage('liveDoor'));
    socket.emit('door', null);
    socket.emit('alarm', goldenMessage('liveAlarm'));
    socket.emit('alarm', { v: 1, alarm: null });
    socket.emit('frame', { ...(goldenMessage('liveFrame') as object), width: 0 });
    socket.emit('frame', goldenMessage('liveFrame'));
    expect(
      Buffer.from(await frame)
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('ffd8');
    expect(events.map(({ id }) => id)).toEqual([(goldenMessage('accessEvent') as AccessEvent).id]);
    expect(doors.map(({ id }) => id)).toEqual(DOORS);
    expect(alarms.map(({ kind }) => kind)).toEqual(['door-forced']);
  });

  it('asks for its doors again after a lost connection, and says that something may be missing', async () => {
    let returns = 0;
    client.returned.add(() => returns++);
    client.watch(DOORS);
    client.start();
    const first = await connection();
    expect(await first.watched).toEqual(goldenMessage('liveWatch'));
    await reached('connected');
    expect(returns).toBe(0);

    const second = connection();
    first.socket.conn.close();
    expect(await (await second).watched).toEqual(goldenMessage('liveWatch'));
    await reached('connected');
    expect(statuses).toEqual(['connected', 'lost', 'connected']);
    expect(returns).toBe(1);
  });

  it('comes back after the server hung up', async () => {
    client.start();
    const first = await connection();
    await reached('connected');
    const second = connection();
    first.socket.disconnect(true);
    await second;
    await reached('connected');
  });

  it('keeps trying while the server cannot take it, and stops when the session is refused', async () => {
    refusal = 'live/unavailable';
    client.start();
    await reached('lost');
    refusal = 'live/unauthenticated';
    await reached('signed-out');
    expect(statuses).toEqual(['lost', 'signed-out']);
  });

  it('forgets the pictures of a lost connection', async () => {
    client.start();
    const { socket } = await connection();
    const came = new Promise((resolve) => client.frames.subscribe(DOORS[0]!, resolve));
    socket.emit('frame', goldenMessage('liveFrame'));
    await came;
    expect(client.frames.newest(DOORS[0]!)).toBeDefined();
    const back = connection();
    socket.conn.close();
    await reached('lost');
    expect(client.frames.newest(DOORS[0]!)).toBeUndefined();
    await back;
  });
});
