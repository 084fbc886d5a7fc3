import { io } from 'socket.io-client';
import { Client } from 'pg';
import { z } from 'zod';
import { systemActor } from './platform/audit/actor';
import { Jobs } from './platform/jobs/jobs';
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

  it('answers every request of many that wait for the database, and gives its jobs back', async () => {
    const REQUESTS = 25;
    const server = await (await TestServer.start()).signIn();
    const jobs = server.running.app.get(Jobs);
    let begun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const kind = jobs.define('test/long', {
      schema: z.object({}),
      run: ({ signal }) =>
        new Promise((_, reject) => {
          begun();
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }),
    });
    const id = await kind.enqueue(server.dataSource.manager, {}, { by: systemActor('test') });
    await running;

    const outside = new Client({ connectionString: server.databaseUrl });
    await outside.connect();
    await outside.query('BEGIN; LOCK TABLE site IN ACCESS EXCLUSIVE MODE');
    const answers = Array.from({ length: REQUESTS }, () => server.call('GET', '/api/sites'));
    // Ten have a connection each and wait for the table, the others wait for a connection.
    const pool = (server.dataSource.driver as unknown as { master: { waitingCount: number } }).master;
    await until('every request to have arrived', () => pool.waitingCount >= REQUESTS - 10);
    const stopped = server.stop();
    await until('it to take nothing new', () =>
      fetch(`${server.url}/api/health/live`, { headers: { connection: 'close' } }).then(
        () => false,
        () => true,
      ),
    );
    await outside.query('COMMIT');
    const statuses = (await Promise.all(answers)).map((answer) => answer.status);
    expect(statuses).toEqual(Array.from({ length: REQUESTS }, () => 200));
    await stopped;
    const { rows } = await outside.query('SELECT state, attempt FROM job WHERE id = $1', [id]);
    expect(rows).toEqual([{ state: 'waiting', attempt: 0 }]);
    await outside.end();
    await server.close();
  });
});
