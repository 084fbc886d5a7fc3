import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { TestServer } from '../../testing/test-server';

describe('without a console', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.close());

  it.each(['/', '/people', '/apiary', '/socket.iox'])('%s is a page that says so', async (path) => {
    const page = await server.callAnonymously('GET', path);
    expect(page.status).toBe(503);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body.toString()).toContain('MUNJIGI_CONSOLE_URL');
  });

  it('unknown paths of the API are problem documents', async () => {
    for (const path of ['/api', '/api/', '/api/nothing']) {
      const answer = await server.callAnonymously('GET', path);
      expect(answer).toMatchObject({ status: 404, body: { code: 'request/no-such-path' } });
      expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    }
  });
});

describe('with a console', () => {
  let upstream: Server;
  let server: TestServer;
  const seen: IncomingMessage[] = [];

  beforeAll(async () => {
    upstream = createServer((req, res) => {
      seen.push(req);
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        res.setHeader('Content-Security-Policy', "default-src 'self'");
        res.end(`${req.method} ${req.url} ${Buffer.concat(chunks).toString()}`);
      });
    });
    upstream.on('upgrade', (_req, socket: Socket) => {
      socket.end(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello from the console',
      );
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    const { port } = upstream.address() as AddressInfo;
    server = await TestServer.start({ consoleUrl: `http://127.0.0.1:${port}` });
  });
  afterAll(async () => {
    await server.close();
    upstream.close();
  });

  it('passes pages on, with the address that the browser knows', async () => {
    const page = await server.callAnonymously('GET', '/people?search=x');
    expect(page.status).toBe(200);
    expect(page.body.toString()).toBe('GET /people?search=x ');
    expect(page.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(seen.at(-1)?.headers).toMatchObject({
      'x-forwarded-host': new URL(server.url).host,
      'x-forwarded-proto': 'http',
    });
  });

  it('passes bodies on as they are', async () => {
    const page = await server.callAnonymously('POST', '/action', { json: { a: 1 } });
    expect(page.body.toString()).toBe('POST /action {"a":1}');
  });

  it('keeps the API to itself', async () => {
    const before = seen.length;
    expect((await server.callAnonymously('GET', '/api/health/live')).body).toMatchObject({ status: 'ok' });
    expect(seen).toHaveLength(before);
  });

  it('passes the console’s own sockets on, and ends those of nobody', async () => {
    expect(await upgrade(server.url, '/_next/webpack-hmr')).toContain('hello from the console');
    expect(await upgrade(server.url, '/api/health/live')).toBe('');
  });

  it('says that the console does not answer, and that the page will look again', async () => {
    const away = await TestServer.start({ consoleUrl: 'http://127.0.0.1:1' });
    const page = await away.callAnonymously('GET', '/');
    expect(page.status).toBe(503);
    expect(page.body.toString()).toContain('http-equiv="refresh"');
    expect(await upgrade(away.url, '/_next/webpack-hmr')).toBe('');
    expect((await away.callAnonymously('GET', '/api/health/live')).status).toBe(200);
    await away.close();
  });
});

/** Everything that comes back on a connection that asks for another protocol. */
async function upgrade(url: string, path: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}
