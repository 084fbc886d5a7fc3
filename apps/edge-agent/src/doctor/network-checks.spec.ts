import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clockCheck, serverCheck } from './network-checks';

describe('the server, as a door finds it', () => {
  let server: Server;
  let answer: { status: number; date: Date };
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeEach(async () => {
    answer = { status: 200, date: new Date() };
    server = createServer((_, res) =>
      res.writeHead(answer.status, { date: answer.date.toUTCString() }).end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => server.close());

  it('is well when it lives', async () => {
    expect(await serverCheck(url()).run()).toMatchObject({ state: 'ok' });
  });

  it('is a fault when something else answers, or nothing', async () => {
    answer.status = 404;
    expect(await serverCheck(url()).run()).toMatchObject({
      state: 'fail',
      found: expect.stringContaining('404'),
    });
    const gone = url();
    await new Promise((resolve) => server.close(resolve));
    expect(await serverCheck(gone).run()).toMatchObject({
      state: 'fail',
      found: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('tells a clock that is an hour off', async () => {
    expect((await clockCheck(url()).run()).state).not.toBe('fail');
    answer.date = new Date(Date.now() + 3_600_000);
    expect(await clockCheck(url()).run()).toMatchObject({
      state: 'fail',
      found: expect.stringMatching(/3(59\d|600) s/),
    });
  });
});
