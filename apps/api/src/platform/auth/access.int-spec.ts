import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { GATEWAY_METADATA, MESSAGE_MAPPING_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/constants';
import { GUARDS_METADATA } from '@nestjs/common/constants';
import { RequestMethod } from '@nestjs/common';
import { io } from 'socket.io-client';
import { TestServer } from '../../testing/test-server';
import { newId } from '../database/uuid';
import { PUBLIC } from './public.decorator';
import { REQUIRES, SESSION_ALONE, SESSION_OR_TOKEN } from './requires.decorator';

/** What everybody may call, and nothing else. */
const PUBLIC_ROUTES = [
  'POST /api/auth/invitation',
  'POST /api/auth/login',
  'POST /api/auth/passkey',
  'POST /api/auth/passkey/options',
  'GET /api/health/live',
  'GET /api/health/ready',
  'GET /api/setup',
  'POST /api/setup',
];

interface Route {
  readonly method: string;
  readonly path: string;
  readonly required: string | undefined;
  readonly isPublic: boolean;
}

let server: TestServer;
let routes: Route[];

beforeAll(async () => {
  server = await TestServer.start();
  routes = findRoutes(server);
});
afterAll(() => server.close());

/** Every handler of every controller, from Nest's own metadata. */
function findRoutes({ running }: TestServer): Route[] {
  const found: Route[] = [];
  for (const { instance, metatype } of providersAndControllers(running.app)) {
    if (!metatype) continue;
    const base: unknown = Reflect.getMetadata(PATH_METADATA, metatype);
    if (typeof base !== 'string') continue;
    for (const handler of handlersOf(instance)) {
      const path: unknown = Reflect.getMetadata(PATH_METADATA, handler);
      const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler);
      if (typeof path !== 'string' || typeof method !== 'number') continue;
      const full = `/api/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
      found.push({
        method: RequestMethod[method] ?? '',
        path: full,
        required: Reflect.getMetadata(REQUIRES, handler) as string | undefined,
        isPublic:
          Reflect.getMetadata(PUBLIC, handler) === true || Reflect.getMetadata(PUBLIC, metatype) === true,
      });
    }
  }
  return found;
}

function providersAndControllers(app: TestServer['running']['app']) {
  return [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
    ...module.providers.values(),
  ]);
}

function handlersOf(instance: unknown): object[] {
  if (typeof instance !== 'object' || instance === null) return [];
  const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown)
    .filter((handler): handler is object => typeof handler === 'function');
}

function pathFor(route: Route): string {
  return route.path.replaceAll(':id', newId());
}

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
      else expect(answer.body).toMatchObject({ status: 401, code: 'auth/unauthenticated' });
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
    const guarded = routes.filter(
      ({ required }) => required && ![SESSION_ALONE, SESSION_OR_TOKEN].includes(required),
    );
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
  const gateways = () =>
    providersAndControllers(server.running.app).filter(
      ({ metatype }) => metatype && Reflect.getMetadata(GATEWAY_METADATA, metatype) !== undefined,
    );

  it('handler is behind a guard of its gateway', () => {
    const unguarded = gateways()
      .filter(
        ({ metatype }) => !(Reflect.getMetadata(GUARDS_METADATA, metatype as object) as unknown[])?.length,
      )
      .map(({ name }) => String(name));
    expect(gateways().map(({ name }) => String(name))).toEqual(
      expect.arrayContaining(['AgentGateway', 'LiveGateway']),
    );
    expect(unguarded).toEqual([]);
    const messages = gateways()
      .flatMap(({ instance }) => handlersOf(instance))
      .filter((handler) => Reflect.getMetadata(MESSAGE_MAPPING_METADATA, handler) === true)
      .map((handler) => Reflect.getMetadata(MESSAGE_METADATA, handler) as string);
    expect(messages.sort()).toEqual(
      ['hello', 'sync.pull', 'events.push', 'door.state', 'preview.frame', 'watch'].sort(),
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
