import { io } from 'socket.io-client';
import { newId } from '../../platform/database/uuid';
import { TestServer, type CallOptions, type Caller } from '../../testing/test-server';

let server: TestServer;
let siteId: string;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const [site] = await server.dataSource.query('SELECT id FROM site');
  siteId = site.id;
});
afterAll(() => server.close());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const make = (json: object, by: Pick<Caller, 'call'> = server) =>
  by.call('POST', '/api/tokens', { json: { name: 'Payroll', expiresAt: inDays(30), ...json } });

async function program(json: object, by: Pick<Caller, 'call'> = server) {
  const { status, body } = await make(json, by);
  expect(status).toBe(201);
  const token = body.token as string;
  const call = (method: string, path: string, options: CallOptions = {}) =>
    server.callAnonymously(method, path, {
      ...options,
      headers: { authorization: `Bearer ${token}`, ...options.headers },
    });
  return { id: body.apiToken.id as string, token, call };
}

describe('an API token', () => {
  it('lets a program do what it names, and nothing else', async () => {
    const { call } = await program({ permissions: ['doors:read', 'people:write'] });
    expect((await call('GET', '/api/doors')).status).toBe(200);
    expect((await call('POST', '/api/people', { json: { name: '박서준' } })).status).toBe(201);
    expect(await call('GET', '/api/events')).toMatchObject({ status: 403, body: { code: 'auth/forbidden' } });
    const { body } = await call('GET', '/api/auth/session');
    expect(body.permissions).toEqual([
      { permission: 'people:write', sites: null },
      { permission: 'doors:read', sites: null },
    ]);
  });

  it('holds at the sites that it names', async () => {
    const elsewhere = await server.makeSite('Busan');
    const { body: made } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
    const path = `/api/doors/${made.door.id}`;
    const here = await program({ permissions: ['doors:read'], siteIds: [siteId] });
    const there = await program({ permissions: ['doors:read'], siteIds: [elsewhere] });
    expect((await here.call('GET', path)).status).toBe(200);
    expect((await there.call('GET', path)).status).toBe(403);
    expect((await there.call('GET', '/api/doors')).body.items).toEqual([]);
  });

  it('is in no row, no log line and no list', async () => {
    const { token } = await program({ permissions: ['doors:read'] });
    const rows = await server.dataSource.query(
      'SELECT api_token::text AS text FROM api_token UNION SELECT audit_entry::text FROM audit_entry',
    );
    const { body } = await server.call('GET', '/api/tokens');
    expect(body.items.length).toBeGreaterThan(0);
    for (const place of [JSON.stringify(rows), JSON.stringify(body), server.logLines.join('')]) {
      expect(place).not.toContain(token.slice(12));
    }
  });

  it('says when and from where it was last used', async () => {
    const { id, call } = await program({ permissions: ['doors:read'] });
    const seen = async () =>
      (await server.call('GET', '/api/tokens')).body.items.find(
        (item: { id: string }) => item.id === id,
      ) as object;
    expect(await seen()).toMatchObject({ lastUsedAt: null, lastUsedFrom: null });
    await call('GET', '/api/doors');
    expect(await seen()).toMatchObject({ lastUsedAt: expect.any(String), lastUsedFrom: expect.any(String) });
  });

  it('is who did it, in the account', async () => {
    const { id, call } = await program({ name: 'HR system', permissions: ['people:write'] });
    const { body } = await call('POST', '/api/people', { json: { name: '이서연' } });
    const [row] = await server.dataSource.query('SELECT * FROM audit_entry WHERE subject_id = $1', [body.id]);
    expect(row).toMatchObject({ actor_kind: 'token', actor_id: id, actor_name: 'HR system' });
  });

  it('ends when it is revoked, when it is too old, and with whoever made it', async () => {
    const revoked = await program({ permissions: ['doors:read'] });
    expect((await server.call('DELETE', `/api/tokens/${revoked.id}`)).status).toBe(204);
    expect((await revoked.call('GET', '/api/doors')).status).toBe(401);
    expect((await server.call('DELETE', `/api/tokens/${revoked.id}`)).status).toBe(404);

    const old = await program({ permissions: ['doors:read'] });
    await server.dataSource.query(`UPDATE api_token SET expires_at = now() WHERE id = $1`, [old.id]);
    expect((await old.call('GET', '/api/doors')).status).toBe(401);

    const maker = await server.as('administrator');
    const theirs = await program({ permissions: ['doors:read'] }, maker);
    expect((await theirs.call('GET', '/api/doors')).status).toBe(200);
    const path = `/api/administrators/${maker.administratorId}`;
    await server.call('PATCH', path, { json: { suspended: true } });
    expect((await theirs.call('GET', '/api/doors')).status).toBe(401);
    await server.call('PATCH', path, { json: { suspended: false } });
    await server.call('PUT', `${path}/grants`, { json: { grants: [] } });
    expect((await theirs.call('GET', '/api/doors')).status).toBe(403);
    await server.call('DELETE', path);
    expect((await theirs.call('GET', '/api/doors')).status).toBe(401);
  });

  it('ends the connection that it holds when it is revoked', async () => {
    const { id, token } = await program({ permissions: ['live:watch'] });
    const socket = io(`${server.url}/live`, {
      extraHeaders: { authorization: `Bearer ${token}`, origin: 'https://dashboard.example' },
      reconnection: false,
      forceNew: true,
    });
    await new Promise((resolve, reject) =>
      socket.once('connect', () => resolve(null)).once('connect_error', reject),
    );
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    expect(await socket.timeout(5_000).emitWithAck('watch', { v: 1, doorIds: [] })).toEqual({ ok: true });
    await server.call('DELETE', `/api/tokens/${id}`);
    await gone;
  });

  it('never may more than whoever makes it', async () => {
    const elsewhere = await server.makeSite('Jeju');
    const maker = await server.having(['tokens:read', 'tokens:write', 'doors:read'], siteId);
    const beyond = { status: 403, body: { code: 'tokens/beyond-own-rights' } };
    expect(await make({ permissions: ['people:read'] }, maker)).toMatchObject(beyond);
    expect(await make({ permissions: ['doors:read'], siteIds: [elsewhere] }, maker)).toMatchObject(beyond);
    const { call } = await program({ permissions: ['doors:read'] }, maker);
    expect((await call('GET', '/api/auth/session')).body.permissions).toEqual([
      { permission: 'doors:read', sites: [siteId] },
    ]);
  });

  it('of others is out of sight and reach of those who may it at their site alone', async () => {
    const { id } = await program({ permissions: ['doors:read'] });
    const maker = await server.having(['tokens:read', 'tokens:write', 'doors:read'], siteId);
    const own = await program({ permissions: ['doors:read'] }, maker);
    const { items } = (await maker.call('GET', '/api/tokens')).body;
    expect(items.map((item: { id: string }) => item.id)).toEqual([own.id]);
    expect((await maker.call('DELETE', `/api/tokens/${id}`)).status).toBe(403);
    expect((await maker.call('DELETE', `/api/tokens/${own.id}`)).status).toBe(204);
  });

  it('does nothing that wants a person', async () => {
    const { call } = await program({ permissions: ['tokens:write', 'administrators:write', 'doors:read'] });
    const json = { name: 'More', permissions: ['doors:read'], expiresAt: inDays(1) };
    for (const [method, path] of [
      ['POST', '/api/tokens'],
      ['POST', '/api/administrators'],
      ['POST', '/api/auth/logout'],
      ['GET', '/api/account/sessions'],
    ] as const) {
      const answer = await call(method, path, method === 'POST' ? { json } : {});
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'auth/session-only']);
    }
  });

  it('needs no page of ours, and a cookie beside it does not help', async () => {
    const { call } = await program({ permissions: ['people:write'] });
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await call('POST', '/api/people', { json: { name: 'A' }, headers: evil })).status).toBe(201);
    for (const authorization of [
      'Bearer mnj_api_wrong',
      'Bearer',
      'bearer  ',
      `Bearer ${'x'.repeat(5000)}`,
    ]) {
      const answer = await server.call('POST', '/api/people', {
        json: { name: 'B' },
        headers: { ...evil, authorization },
      });
      expect([authorization.slice(0, 20), answer.status]).toEqual([authorization.slice(0, 20), 401]);
    }
    const basic = { ...evil, authorization: 'Basic eDp5' };
    const answer = await server.call('POST', '/api/people', { json: { name: 'C' }, headers: basic });
    expect(answer).toMatchObject({ status: 403, body: { code: 'auth/cross-site' } });
  });

  it.each([
    [{ permissions: [] }, 400],
    [{ permissions: ['doors:teleport'] }, 400],
    [{ permissions: ['doors:read'], siteIds: [] }, 400],
    [{ permissions: ['doors:read'], siteIds: ['x'] }, 400],
    [{ permissions: ['doors:read'], name: ' ' }, 400],
    [{ permissions: ['doors:read'], expiresAt: 'never' }, 400],
    [{ permissions: ['doors:read'], expiresAt: inDays(-1) }, 422],
    [{ permissions: ['doors:read'], expiresAt: inDays(367) }, 422],
  ])('of %j is refused', async (json, status) => {
    expect((await make(json)).status).toBe(status);
  });

  it('that is not there is 404', async () => {
    expect((await server.call('DELETE', `/api/tokens/${newId()}`)).status).toBe(404);
  });
});
