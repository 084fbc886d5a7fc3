import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { writeFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readableLog } from '../../testing/log-lines';
import { RecordingSink } from '../../testing/recording-sink';
import { temporaryDirectories } from '../../testing/temp-directory';
import { TLS_PAIR } from '../../testing/tls-pair';
import { until } from '../../testing/until';
import { doorHardwareSchema, httpConfigSchema } from './hardware-config';
import { HttpRelayDoor } from './http-relay-door';

const newDirectory = temporaryDirectories();
const USER = 'installer';
const PASSWORD = 'open-sesame';
type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let url: string;
let asked: string[];
let answer: Answerer;
const doors: HttpRelayDoor[] = [];

beforeEach(async () => {
  asked = [];
  answer = (_, response) => response.end('{}');
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function open(more: object = {}) {
  const { log, lines } = readableLog();
  const config = httpConfigSchema.parse({
    ...{ kind: 'http', unlock: { url: `${url}/relay?turn=on&timer={seconds}` } },
    ...{ lock: { url: `${url}/relay?turn=off` }, timeoutMs: 1_000, ...more },
  });
  const door = new HttpRelayDoor({ config, log });
  const sink = new RecordingSink();
  door.start(sink);
  doors.push(door);
  return { door, sink, lines };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('HttpRelayDoor', () => {
  it('unlocks for a bounded time, renews that while it lasts, and locks', async () => {
    const { door } = open({ pulseMs: 1_000 });
    await door.setRelay('energised');
    await until(() => asked.length === 3);
    await door.setRelay('released');
    expect(asked).toEqual([
      'POST /relay?turn=off',
      'POST /relay?turn=on&timer=1',
      'POST /relay?turn=on&timer=1',
      'POST /relay?turn=off',
    ]);
  });

  it('proves a password by digest, which no one overhears', async () => {
    answer = (request, response) => {
      const { authorization = '' } = request.headers;
      const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(authorization)?.[1] ?? '';
      const [who, what] = [md5(`${USER}:relay:${PASSWORD}`), md5(`POST:${request.url}`)];
      const proof = md5([who, 'n1', field('nc'), field('cnonce'), 'auth', what].join(':'));
      if (field('response') === proof) {
        response.end();
        return;
      }
      response.writeHead(401, { 'www-authenticate': 'Digest realm="relay", nonce="n1", qop="auth"' }).end();
    };
    const { door } = open({ auth: { kind: 'password', user: USER, password: PASSWORD } });
    await door.setRelay('energised');
    await door.setRelay('released');
    // The challenge is kept: only the first request is asked twice.
    expect(asked).toHaveLength(4);
  });

  it.each([
    [
      'a password',
      { kind: 'password', user: USER, password: PASSWORD },
      `Basic ${btoa(`${USER}:${PASSWORD}`)}`,
    ],
    ['a token', { kind: 'bearer', token: PASSWORD }, `Bearer ${PASSWORD}`],
  ])('proves who it is by %s', async (_, auth, header) => {
    answer = (request, response) => {
      if (request.headers.authorization === header) {
        response.end();
        return;
      }
      response.writeHead(401, { 'www-authenticate': 'Basic realm="relay"' }).end();
    };
    const { door } = open({ auth });
    await expect(door.setRelay('energised')).resolves.toBeUndefined();
  });

  it.each<[string, Answerer, RegExp]>([
    ['refuses', (_, response) => response.writeHead(403).end(), /answered unlock with 403/],
    ['sends it elsewhere', (_, response) => response.writeHead(302, { location: '/on' }).end(), /with 302/],
    ['does not answer in time', () => undefined, /does not answer. Too slow/],
    ['hangs up', (request) => request.socket.destroy(), /does not answer. ECONNRESET/],
  ])('fails, and says no secret, when the relay %s', async (_, answers, problem) => {
    answer = answers;
    const auth = { kind: 'password', user: USER, password: PASSWORD };
    const unlock = { url: `${url}/relay?key=${PASSWORD}&timer={ms}` };
    const { door, lines } = open({ auth, unlock, timeoutMs: 150 });
    const failure = await door.setRelay('energised').catch((error: unknown) => error);
    expect(String(failure)).toMatch(problem);
    expect(`${String(failure)} ${JSON.stringify(lines)}`).not.toContain(PASSWORD);
  });

  it('notices a relay that is gone before anybody needs it, and that it is back', async () => {
    const { sink } = open({ checkMs: 1_000 });
    await until(() => sink.faults.length === 1);
    answer = (_, response) => response.writeHead(500).end();
    await until(() => sink.faults.length > 1);
    expect(sink.faults[1]).toMatch(/answered lock with 500/);
    answer = (_, response) => response.end();
    await until(() => sink.faults.at(-1) === null);
    expect(sink.losses).toEqual([]);
  });

  it('locks after it unlocked, however slow the unlocking was', async () => {
    const { door } = open();
    await until(() => asked.length === 1);
    const held: ServerResponse[] = [];
    answer = (_, response) => held.push(response);
    const moves = [door.setRelay('energised'), door.setRelay('released')];
    await until(() => held.length === 1);
    expect(asked).toHaveLength(2);
    answer = (_, response) => response.end();
    held[0]!.end();
    await Promise.all(moves);
    expect(asked.slice(1)).toEqual(['POST /relay?turn=on&timer=10', 'POST /relay?turn=off']);
  });

  it('trusts a certificate that it was told of, and no other that nobody signed', async () => {
    const secure = createSecureServer(TLS_PAIR, (_, response) => response.end());
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
    const lock = { url: `https://127.0.0.1:${(secure.address() as AddressInfo).port}` };
    const caFile = join(newDirectory(), 'relay-ca.pem');
    writeFileSync(caFile, TLS_PAIR.cert);
    await expect(open({ lock }).door.setRelay('released')).rejects.toThrow(/DEPTH_ZERO_SELF_SIGNED_CERT/);
    await expect(open({ lock, caFile }).door.setRelay('released')).resolves.toBeUndefined();
    for (const door of doors.splice(0)) await door.close();
    secure.closeAllConnections();
    await new Promise((resolve) => secure.close(resolve));
  });

  it('is not configured to unlock without an end', () => {
    const unlock = { url: `${url}/relay?turn=on` };
    const parsed = doorHardwareSchema.safeParse({ kind: 'http', unlock, lock: unlock });
    expect(parsed.error?.issues).toMatchObject([{ path: ['unlock'] }]);
  });
});
