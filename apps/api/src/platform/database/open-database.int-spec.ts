import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { openDatabase } from './open-database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A way to the database that can be opened and shut, on a port that stays the same. */
async function gate() {
  const sockets = new Set<Socket>();
  const { host, port } = database.connection;
  const server: Server = createServer((inner) => {
    const outer = connect(`${host}/.s.PGSQL.${port}`);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => [inner, outer].forEach((each) => each.destroy()));
    }
    inner.pipe(outer).pipe(inner);
  });
  const listen = (onPort: number) =>
    new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve));
  await listen(0);
  const gatePort = (server.address() as AddressInfo).port;
  const shut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      sockets.forEach((socket) => socket.destroy());
    });
  await shut();
  const url = `postgres://${database.connection.user}@127.0.0.1:${gatePort}/${database.connection.database}`;
  return { url, open: () => listen(gatePort), shut };
}

const options = (databaseUrl: string, waitMs: number, report = jest.fn()) => ({
  databaseUrl,
  dataDirectory: '/nonexistent',
  entities: [],
  waitMs,
  report,
});

describe('openDatabase', () => {
  it('gives up on a database that stays down, and says what to do', async () => {
    const { url } = await gate();
    const report = jest.fn();
    await expect(openDatabase(options(url, 600, report))).rejects.toMatchObject({
      code: 'database/unreachable',
      exitCode: 69,
      message: expect.stringContaining('DATABASE_URL'),
    });
    expect(report).toHaveBeenCalled();
  });

  it('waits for a database that comes up', async () => {
    const way = await gate();
    let opened: Promise<void> | undefined;
    const report = jest.fn(() => void (opened ??= way.open()));
    const { dataSource, close } = await openDatabase(options(way.url, 20_000, report));
    await opened;
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await close();
    await way.shut();
  });

  it('outlives a database that goes and comes back', async () => {
    const way = await gate();
    await way.open();
    const { dataSource, close } = await openDatabase(options(way.url, 5_000));
    await dataSource.query('SELECT 1');
    await way.shut();
    await expect(dataSource.query('SELECT 1')).rejects.toThrow();
    await way.open();
    expect(await dataSource.query('SELECT 2 AS two')).toEqual([{ two: 2 }]);
    await close();
    await way.shut();
  });

  it('does not wait for a database that refuses', async () => {
    const report = jest.fn();
    const refused = openDatabase(options(database.url.replace(/test_\w+/, 'no_such'), 20_000, report));
    await expect(refused).rejects.toMatchObject({ code: 'database/refused', exitCode: 78 });
    expect(report).not.toHaveBeenCalled();
  });
});
