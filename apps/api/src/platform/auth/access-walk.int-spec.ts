import { BUILT_IN_ROLES, PERMISSIONS, type BuiltInRole, type Permission } from '@munjigi/contracts';
import { goldenMessages } from '@munjigi/contracts/testing';
import { io } from 'socket.io-client';
import {
  fill,
  findMessages,
  findRoutes,
  wantsPermission,
  type Message,
  type Route,
} from '../../testing/access-walk/handlers';
import {
  walkedObject,
  WALKED_OBJECTS,
  WALKED_QUERIES,
  WALKED_REQUESTS,
} from '../../testing/access-walk/site-objects';
import { TestServer, type Answer, type CallOptions } from '../../testing/test-server';
import { newId } from '../database/uuid';
import { permissionsOf } from './built-in-roles';

/** Thousands of requests, on a machine that may be busy. */
jest.setTimeout(300_000);

let server: TestServer;
let routes: Route[];
let guarded: Route[];
let here: string;
let elsewhere: string;
const counted: Record<string, number> = {};

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  routes = findRoutes(server.running.app);
  guarded = routes.filter(({ isPublic }) => !isPublic);
  [{ id: here }] = await server.dataSource.query('SELECT id FROM site');
  elsewhere = await server.makeSite();
});
afterAll(async () => {
  await server.close();
  // The figure that a report gives.
  process.stdout.write(`access walk: ${JSON.stringify(counted)}\n`);
});

const count = (what: string, by = 1) => (counted[what] = (counted[what] ?? 0) + by);

/** A request that the route could take, so that nothing but its guards refuses it. */
function requestOf(route: Route): CallOptions {
  const special = WALKED_REQUESTS[route.name];
  if (special) return special();
  return route.json === undefined ? {} : { json: route.json };
}

const unknownObject = (route: Route) =>
  fill(route, Object.fromEntries(route.parameters.map((parameter) => [parameter, newId()])));

const holds = (role: BuiltInRole, permission: string | undefined) =>
  permissionsOf({ key: role, permissions: [] }).includes(permission as Permission);

/** Whether an answer is a refusal for lack of rights, not of something that the request itself lacks. */
const isRefused = ({ status }: Answer) => status === 401 || status === 403;

describe('every route', () => {
  it('has a request of its own to be walked with, where it takes JSON', () => {
    const bodiless = guarded.filter(({ name, method }) => /PUT|PATCH/.test(method) && !WALKED_REQUESTS[name]);
    expect(bodiless.filter(({ json }) => json === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('with a parameter has an object to be walked with, and no object is left over', () => {
    const parametrised = guarded.filter(({ parameters }) => parameters.length > 0);
    expect(parametrised.filter(({ path }) => !walkedObject(path)).map(({ name }) => name)).toEqual([]);
    const used = new Set(parametrised.map(({ path }) => walkedObject(path)));
    expect(Object.entries(WALKED_OBJECTS).filter(([, walked]) => !used.has(walked))).toEqual([]);
  });

  it.each(BUILT_IN_ROLES)(
    'lets the role %s in where it has the permission, and nowhere else',
    async (role) => {
      const wrong: unknown[] = [];
      for (const route of guarded) {
        // Signing out and ending sessions are walked too: each route gets somebody of its own.
        const caller = await server.as(role);
        const answer = await caller.call(route.method, unknownObject(route), requestOf(route));
        const mayUse = !wantsPermission(route) || holds(role, route.required);
        if (mayUse ? answer.status === 401 : answer.body.code !== 'auth/forbidden') {
          wrong.push([route.name, mayUse, answer.status, answer.body]);
        }
        if (mayUse && answer.body?.code === 'auth/forbidden')
          wrong.push([route.name, 'forbidden', answer.body]);
        expect(answer.status).not.toBe(500);
        count('routes x roles');
      }
      expect(wrong).toEqual([]);
    },
  );

  it('refuses an API token that has every permission but the one', async () => {
    const wrong: unknown[] = [];
    const everything = await tokenWith(PERMISSIONS);
    for (const route of guarded) {
      const lacking = wantsPermission(route)
        ? await tokenWith(PERMISSIONS.filter((permission) => permission !== route.required))
        : everything;
      const answer = await server.callAnonymously(route.method, unknownObject(route), {
        ...requestOf(route),
        headers: { authorization: `Bearer ${lacking}` },
      });
      const codes = ['auth/forbidden', 'auth/session-only'];
      const mayUse = route.required === 'session-or-token';
      if (mayUse === codes.includes(answer.body?.code)) wrong.push([route.name, answer.status, answer.body]);
      count('routes x tokens');
    }
    expect(wrong).toEqual([]);
  });
});

describe('every route to one object', () => {
  /** Somebody who may do everything at one site. */
  const ownerOf = (siteId: string) => server.as('owner', siteId);

  it('refuses it to somebody of another site, whatever they may do there', async () => {
    const wrong: unknown[] = [];
    for (const route of guarded.filter(({ parameters }) => parameters.length > 0)) {
      const walked = walkedObject(route.path);
      if (!walked || (walked.isReadByAll && route.method === 'GET')) continue;
      const maker = await ownerOf(here);
      const path = fill(route, await walked.make(server, here, maker)) + (WALKED_QUERIES[route.name] ?? '');
      const stranger = await ownerOf(walked.belongs === 'maker' ? here : elsewhere);
      const answer = await stranger.call(route.method, path, requestOf(route));
      if (answer.status !== 403 && answer.status !== 404)
        wrong.push([route.name, answer.status, answer.body]);
      count('routes x sites');
    }
    expect(wrong).toEqual([]);
  });

  it('shows it to those whose it is', async () => {
    const wrong: unknown[] = [];
    const reading = guarded.filter(({ method, parameters }) => method === 'GET' && parameters.length > 0);
    for (const route of reading) {
      const walked = walkedObject(route.path);
      if (!walked) continue;
      const maker = await ownerOf(here);
      const path = fill(route, await walked.make(server, here, maker)) + (WALKED_QUERIES[route.name] ?? '');
      const answer = await maker.call(route.method, path);
      // Beside the object itself there may be nothing yet: no portrait, for one.
      const isObject = WALKED_OBJECTS[route.path] !== undefined;
      if (isObject ? answer.status !== 200 : isRefused(answer)) {
        wrong.push([route.name, answer.status, answer.body]);
      }
      count('routes x sites');
    }
    expect(wrong).toEqual([]);
  });
});

describe('every list', () => {
  it('shows somebody of another site nothing of this one', async () => {
    const made = new Map<string, string>();
    for (const [path, walked] of Object.entries(WALKED_OBJECTS)) {
      if (walked.belongs !== 'site') continue;
      const { id = '' } = await walked.make(server, here, await server.as('owner'));
      made.set(path, id);
    }
    const stranger = await server.as('owner', elsewhere);
    const leaking: string[] = [];
    for (const route of guarded.filter(
      ({ method, parameters }) => method === 'GET' && parameters.length === 0,
    )) {
      const { body } = await stranger.call('GET', route.path);
      const text = Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body ?? '');
      for (const [path, id] of made) if (text.includes(id)) leaking.push(`${route.name} shows ${path}`);
      count('lists x sites');
    }
    expect(leaking).toEqual([]);
  });
});

describe('every socket message', () => {
  let messages: Message[];
  beforeAll(() => {
    messages = findMessages(server.running.app);
  });

  /** A message that the handler could take. */
  const messageOf = ({ name, namespace }: Message): unknown => {
    const golden = `${namespace.slice(1)}${name.replace(/(^|\.)\w/g, (found) => found.slice(-1).toUpperCase())}`;
    return goldenMessages().find((candidate) => candidate.name === golden)?.message ?? { v: 1, doorIds: [] };
  };

  /** How a console's message is answered: what was refused, by the connection or by the handler. */
  async function answerTo(message: Message, headers: Record<string, string>): Promise<string> {
    const socket = io(server.url + message.namespace, {
      extraHeaders: headers,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    try {
      const refused = await new Promise<string | null>((resolve) =>
        socket
          .once('connect', () => resolve(null))
          .once('connect_error', (error: Error) => resolve(error.message)),
      );
      if (refused !== null) return refused;
      const answer = (await socket.timeout(10_000).emitWithAck(message.name, messageOf(message))) as {
        ok: boolean;
        error?: { code: string };
      };
      return answer.error?.code ?? 'taken';
    } finally {
      socket.disconnect();
    }
  }

  const REFUSALS = ['live/forbidden', 'auth/forbidden'];
  const forConsoles = () => messages.filter(({ required }) => required !== undefined);

  it('is for consoles with a permission, or for doors', () => {
    const forDoors = messages.filter(({ required }) => required === undefined);
    expect(forConsoles().length).toBeGreaterThan(0);
    expect(forDoors.every(({ namespace }) => namespace === '/agent')).toBe(true);
  });

  it.each(BUILT_IN_ROLES)(
    'of a console is taken from the role %s where it has the permission',
    async (role) => {
      for (const message of forConsoles()) {
        const answer = await answerTo(message, { cookie: (await server.as(role)).cookie });
        const mayUse = holds(role, message.required) && holds(role, 'live:watch');
        expect([message.name, role, REFUSALS.includes(answer)]).toEqual([message.name, role, !mayUse]);
        count('messages x roles');
      }
    },
  );

  it('of a console is refused to nobody’s session and to a token that lacks the permission', async () => {
    for (const message of forConsoles()) {
      const lacking = await tokenWith(PERMISSIONS.filter((permission) => permission !== message.required));
      expect(REFUSALS).toContain(await answerTo(message, { authorization: `Bearer ${lacking}` }));
      expect(await answerTo(message, {})).toBe('live/unauthenticated');
      expect(await answerTo(message, { cookie: (await server.withoutRole()).cookie })).toBe('live/forbidden');
      count('messages x strangers', 3);
    }
  });

  it('of a door is refused to a console and to a stranger', async () => {
    const { cookie } = await server.as('owner');
    const handshakes: Record<string, string>[] = [
      { cookie },
      { authorization: `Bearer ${await tokenWith(PERMISSIONS)}` },
    ];
    for (const message of messages.filter(({ namespace }) => namespace === '/agent')) {
      for (const headers of handshakes) {
        expect(await answerTo(message, headers)).toBe('agent/unauthenticated');
        count('messages x strangers');
      }
    }
  });
});

/** A token of the first owner with these permissions. */
async function tokenWith(permissions: readonly Permission[]): Promise<string> {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const { body } = await server.call('POST', '/api/tokens', {
    json: { name: 'Walk', permissions, expiresAt },
  });
  return body.token as string;
}
