import { GUARDS_METADATA } from '@nestjs/common/constants';
import { io } from 'socket.io-client';
import {
  fill,
  findMessages,
  findRoutes,
  gateways,
  wantsPermission,
  type Route,
} from '../../testing/access-walk/handlers';
import { TestServer } from '../../testing/test-server';
import { newId } from '../database/uuid';

/** What everybody may call, and nothing else. */
const PUBLIC_ROUTES = [
  'POST /api/agents/pair',
  'POST /api/auth/invitation',
  'POST /api/auth/login',
  'POST /api/auth/passkey',
  'POST /api/auth/passkey/options',
  'GET /api/health/live',
  'GET /api/health/ready',
  'GET /api/setup',
  'POST /api/setup',
];

/** What asks for the token of an invitation in place of a sign-in. */
const INVITED = /^\/api\/enrolment-invitations(\/|$)/;

let server: TestServer;
let routes: Route[];

beforeAll(async () => {
  server = await TestServer.start();
  routes = findRoutes(server.running.app);
});
afterAll(() => server.close());

const pathFor = (route: Route) =>
  fill(route, Object.fromEntries(route.parameters.map((parameter) => [parameter, newId()])));

describe('every route', () => {
  it('is found', () => {
    expect(routes.length).toBeGreaterThanOrEqual(20);
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect(names).toEqual(expect.arrayContaining(['POST /api/people/:id/photos', 'GET /api/doors/:id/risk']));
  });

  it('answers 401 to somebody who is not signed in, unless it is public', async () => {
    const open: string[] = [];
    for (const route of routes) {
      const answer = await server.callAnonymously(route.method, pathFor(route));
      if (answer.status !== 401) open.push(`${route.method} ${route.path}`);
      const code = INVITED.test(route.path) ? 'enrolment/invitation-invalid' : 'auth/unauthenticated';
      if (answer.status === 401) expect(answer.body).toMatchObject({ status: 401, code });
    }
    expect(open.sort()).toEqual([...PUBLIC_ROUTES].sort());
  });

  it('says what it requires, or is public', () => {
    const silent = routes.filter(({ required, isPublic }) => required === undefined && !isPublic);
    expect(silent).toEqual([]);
    expect(routes.filter(({ required, isPublic }) => required !== undefined && isPublic)).toEqual([]);
  });

  it('answers 403 to a role that has not what it requires', async () => {
    const nobody = await server.withoutRole();
    const guarded = routes.filter(wantsPermission);
    for (const route of guarded) {
      const answer = await nobody.call(route.method, pathFor(route));
      expect([route, answer.status, answer.body.code]).toEqual([route, 403, 'auth/forbidden']);
    }
  });

  it('answers 401 to a session that does not exist', async () => {
    for (const route of routes.filter(({ method, path }) => !PUBLIC_ROUTES.includes(`${method} ${path}`))) {
      const headers = { cookie: 'munjigi_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
      expect(await server.callAnonymously(route.method, pathFor(route), { headers })).toMatchObject({
        status: 401,
      });
    }
  });

  it('that changes something answers 403 to another site, signed in or not', async () => {
    await server.signIn();
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    const unsafe = routes.filter(({ method }) => method !== 'GET');
    expect(unsafe.length).toBeGreaterThan(5);
    for (const route of unsafe) {
      for (const headers of elsewhere) {
        const answer = await server.call(route.method, pathFor(route), { headers });
        expect([route, answer.status, answer.body.code]).toEqual([route, 403, 'auth/cross-site']);
      }
    }
  });
});

describe('every socket', () => {
  it('handler is behind a guard of its gateway', () => {
    const { app } = server.running;
    const unguarded = gateways(app).filter(
      ({ metatype }) => !(Reflect.getMetadata(GUARDS_METADATA, metatype) as unknown[])?.length,
    );
    expect(gateways(app).map(({ metatype }) => metatype.name)).toEqual(
      expect.arrayContaining(['AgentGateway', 'LiveGateway']),
    );
    expect(unguarded).toEqual([]);
    const names = findMessages(app).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['hello', 'sync.pull', 'events.push', 'door.state', 'watch']),
    );
  });

  it('namespace refuses a stranger before the first message', async () => {
    const handshakes: [string, object][] = [
      ['/agent', {}],
      ['/agent', { auth: { token: 'mnj_agent_wrong' } }],
      ['/agent', { auth: { token: 17 } }],
      ['/agent', { extraHeaders: { cookie: server.cookieHeader } }],
      ['/live', {}],
      ['/live', { extraHeaders: { cookie: 'munjigi_session=wrong' } }],
      ['/live', { extraHeaders: { cookie: server.cookieHeader, origin: 'https://evil.example' } }],
    ];
    for (const [namespace, options] of handshakes) {
      const socket = io(server.url + namespace, { reconnection: false, forceNew: true, ...options });
      // Sent at once, in the hope of being heard before the handshake is judged.
      socket.emit('hello', { v: 1 });
      const refused = await new Promise<Error>((resolve, reject) => {
        socket.once('connect_error', resolve);
        socket.once('connect', () => reject(new Error(`${namespace} let a stranger in`)));
      });
      socket.disconnect();
      expect([namespace, refused.message]).toEqual([namespace, `${namespace.slice(1)}/unauthenticated`]);
    }
  });

  it('of the default namespace takes nobody’s messages', async () => {
    const socket = io(server.url, { reconnection: false, forceNew: true });
    await new Promise<void>((resolve) =>
      socket.once('connect', resolve).once('connect_error', () => resolve()),
    );
    const asked = socket.timeout(300).emitWithAck('hello', { v: 1 });
    await expect(asked).rejects.toThrow();
    socket.disconnect();
  });
});
