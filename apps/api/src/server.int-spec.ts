import { io } from 'socket.io-client';
import { Client } from 'pg';
import { TestServer } from './testing/test-server';
import { until } from './testing/until';

describe('a server that stops', () => {
  it('finishes what is under way, takes nothing new, and closes its sockets', async () => {
    const server = await (await TestServer.start()).signIn();
    const socket = io(`${server.url}/live`, {
      extraHeaders: { cookie: server.cookieHeader },
      forceNew: true,
      reconnection: false,
    });
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const disconnected = new Promise((resolve) => socket.once('disconnect', resolve));

    // Holds the request up inside the server until the stop has begun.
    const blocker = new Client({ connectionString: server.databaseUrl });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE person IN ACCESS EXCLUSIVE MODE');
    const underWay = server.call('GET', '/api/people');
    await until('the request to wait', async () => {
      const { rows } = await blocker.query('SELECT 1 FROM pg_locks WHERE NOT granted');
      return rows.length > 0;
    });
    const closed = server.close();
    await disconnected;
    await expect(fetch(`${server.url}/api/health/live`)).rejects.toThrow();
    await blocker.query('COMMIT');
    await blocker.end();
    expect(await underWay).toMatchObject({ status: 200 });
    await closed;
  });
});
