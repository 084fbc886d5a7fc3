import type { BuiltInRole, Permission } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestServer, type Answer, type Caller } from '../../testing/test-server';

const PASSWORD = 'seven quiet magpies';

let server: TestServer;
let siteId: string;
let elsewhere: string;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  const [site] = await server.dataSource.query('SELECT id FROM site');
  siteId = site.id;
  elsewhere = await server.makeSite('Busan');
});
afterAll(() => server.close());

let serial = 0;
const address = () => `somebody-${++serial}@example.com`;

async function roleId(key: BuiltInRole): Promise<string> {
  const { body } = await server.call('GET', '/api/roles');
  return body.items.find((role: { key: string }) => role.key === key).id as string;
}

const grant = async (key: BuiltInRole, at: string | null = null) => ({
  roleId: await roleId(key),
  siteId: at,
});

async function invite(
  grants: object[],
  email = address(),
  by: Pick<Caller, 'call'> = server,
): Promise<Answer> {
  return by.call('POST', '/api/administrators', { json: { email, name: '김민지', grants } });
}

async function accept(token: string, password = PASSWORD): Promise<Answer> {
  return server.callAnonymously('POST', '/api/auth/invitation', { json: { token, password } });
}

/** Somebody who was invited and has set a password, with a session. */
async function member(grants: object[]): Promise<Caller & { email: string }> {
  const { body } = await invite(grants);
  const answer = await accept(body.invitation.token);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { id, email } = body.administrator;
  return {
    administratorId: id,
    email,
    cookie,
    call: (method, path, options = {}) =>
      server.callAnonymously(method, path, { ...options, headers: { cookie } }),
  };
}

const login = (email: string, password = PASSWORD) =>
  server.callAnonymously('POST', '/api/auth/login', { json: { email, password } });

describe('an invitation', () => {
  it('lets somebody set a password, once, and signs them in with what they were granted', async () => {
    const { status, body } = await invite([await grant('site-manager', siteId)]);
    expect(status).toBe(201);
    expect(body.administrator).toMatchObject({ status: 'invited', name: '김민지', lastSignInAt: null });
    expect(body.administrator.grants).toEqual([
      expect.objectContaining({ site: { id: siteId, name: 'Main site' } }),
    ]);
    expect((await login(body.administrator.email)).status).toBe(401);

    const accepted = await accept(body.invitation.token);
    expect(accepted.status).toBe(200);
    expect(accepted.body.permissions).toContainEqual({ permission: 'doors:write', sites: [siteId] });
    expect(await accept(body.invitation.token)).toMatchObject({
      status: 401,
      body: { code: 'auth/invitation-invalid' },
    });
    expect((await login(body.administrator.email)).status).toBe(200);
    const seen = await server.call('GET', `/api/administrators/${body.administrator.id}`);
    expect(seen.body).toMatchObject({ status: 'active', invitationExpiresAt: null });
    expect(seen.body.lastSignInAt).not.toBeNull();
  });

  it('is in no row and in no log line', async () => {
    const { body } = await invite([]);
    const rows = await server.dataSource.query(
      'SELECT administrator::text AS text FROM administrator UNION SELECT audit_entry::text FROM audit_entry',
    );
    await accept(body.invitation.token);
    for (const secret of [body.invitation.token, PASSWORD]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(server.logLines.join('')).not.toContain(secret);
    }
  });

  it('is replaced by a newer one, and ends', async () => {
    const { body } = await invite([]);
    const again = await server.call('POST', `/api/administrators/${body.administrator.id}/invitation`);
    expect(again.status).toBe(201);
    expect((await accept(body.invitation.token)).status).toBe(401);
    await server.dataSource.query(
      `UPDATE administrator SET invitation_expires_at = now() - interval '1 second'`,
    );
    expect((await accept(again.body.invitation.token)).status).toBe(401);
  });

  it('takes no password that others would guess, and stays open then', async () => {
    const { body } = await invite([]);
    expect(await accept(body.invitation.token, 'short')).toMatchObject({ status: 400 });
    expect(await accept(body.invitation.token, 'Password2026!')).toMatchObject({
      status: 422,
      body: { code: 'password/common' },
    });
    expect(await accept(body.invitation.token, body.administrator.email)).toMatchObject({
      status: 422,
      body: { code: 'password/about-account' },
    });
    expect((await accept(body.invitation.token)).status).toBe(200);
  });

  it('to a new password ends every session that there was', async () => {
    const somebody = await member([await grant('auditor')]);
    const { body } = await server.call('POST', `/api/administrators/${somebody.administratorId}/invitation`);
    expect((await somebody.call('GET', '/api/auth/session')).status).toBe(200);
    await accept(body.invitation.token, 'nine loud cranes over water');
    expect((await somebody.call('GET', '/api/auth/session')).status).toBe(401);
    expect((await login(somebody.email)).status).toBe(401);
  });

  it.each([
    [{}, 400],
    [{ email: 'nobody', grants: [] }, 400],
    [{ email: 'a@example.com', grants: [{ roleId: 'x', siteId: null }] }, 400],
    [{ email: 'b@example.com', grants: [{ roleId: newId(), siteId: null }] }, 422],
  ])('of %j is refused', async (json, status) => {
    expect((await server.call('POST', '/api/administrators', { json })).status).toBe(status);
  });

  it('of an address that is there, or to a site that is not, is refused', async () => {
    const { body } = await invite([]);
    expect(await invite([], body.administrator.email.toUpperCase())).toMatchObject({
      status: 409,
      body: { code: 'administrators/email-taken' },
    });
    expect(await invite([await grant('auditor', newId())])).toMatchObject({
      status: 422,
      body: { code: 'administrators/unknown-grant' },
    });
  });
});

describe('what an administrator may do', () => {
  it('changes with their next request', async () => {
    const somebody = await member([await grant('operator', siteId)]);
    expect((await somebody.call('GET', '/api/doors')).status).toBe(200);
    const path = `/api/administrators/${somebody.administratorId}/grants`;
    const json = { grants: [await grant('auditor', elsewhere), await grant('auditor', elsewhere)] };
    const changed = await server.call('PUT', path, { json });
    expect(changed.body.grants).toHaveLength(1);
    const { body } = await somebody.call('GET', '/api/auth/session');
    expect(body.permissions).toContainEqual({ permission: 'audit:read', sites: [elsewhere] });
    expect((await server.call('PUT', path, { json: { grants: [] } })).status).toBe(200);
    expect(await somebody.call('GET', '/api/doors')).toMatchObject({ status: 403 });
  });

  it('is never more than whoever grants it holds, there', async () => {
    const manager = await server.having(
      ['administrators:read', 'administrators:write', 'doors:read'],
      siteId,
    );
    const mine = async (permissions: Permission[]) =>
      (await server.call('POST', '/api/roles', { json: { name: newId(), permissions } })).body.id as string;
    const doors = await mine(['doors:read']);
    expect((await invite([{ roleId: doors, siteId }], address(), manager)).status).toBe(201);
    expect(await invite([{ roleId: doors, siteId: null }], address(), manager)).toMatchObject({
      status: 403,
      body: { code: 'auth/forbidden' },
    });
    expect((await invite([{ roleId: doors, siteId: elsewhere }], address(), manager)).status).toBe(403);
    const more = await mine(['doors:read', 'people:read']);
    expect(await invite([{ roleId: more, siteId }], address(), manager)).toMatchObject({
      status: 403,
      body: { code: 'administrators/beyond-own-rights', detail: expect.stringContaining('people:read') },
    });
    // Somebody of nowhere belongs to the whole organisation.
    expect((await invite([], address(), manager)).status).toBe(403);
  });

  it('protects them from those who may less', async () => {
    const manager = await server.having(['administrators:read', 'administrators:write']);
    const auditor = await member([await grant('auditor')]);
    const path = `/api/administrators/${auditor.administratorId}`;
    const attempts: [string, string, object?][] = [
      ['PATCH', path, { suspended: true }],
      ['PUT', `${path}/grants`, { grants: [] }],
      ['POST', `${path}/invitation`],
      ['DELETE', `${path}/sessions`],
      ['DELETE', path],
    ];
    for (const [method, target, json] of attempts) {
      const { status, body } = await manager.call(method, target, { json });
      expect([method, status, body.code]).toEqual([method, 403, 'administrators/beyond-own-rights']);
    }
  });

  it('is nobody’s own to change', async () => {
    const owner = await server.as('owner');
    const path = `/api/administrators/${owner.administratorId}`;
    const attempts: [string, string, object?][] = [
      ['PATCH', path, { suspended: true }],
      ['PUT', `${path}/grants`, { grants: [await grant('owner')] }],
      ['POST', `${path}/invitation`],
      ['DELETE', path],
    ];
    for (const [method, target, json] of attempts) {
      const { status, body } = await owner.call(method, target, { json });
      expect([method, status, body.code]).toEqual([method, 403, 'administrators/own-account']);
    }
  });

  it('is seen by those of the same site, and no further', async () => {
    const there = await member([await grant('operator', elsewhere)]);
    const both = await member([await grant('operator', elsewhere), await grant('registrar', siteId)]);
    const auditor = await server.as('auditor', siteId);
    const { items } = (await auditor.call('GET', '/api/administrators')).body;
    const ids = items.map((item: { id: string }) => item.id);
    expect(ids).toContain(both.administratorId);
    expect(ids).not.toContain(there.administratorId);
    const seen = items.find((item: { id: string }) => item.id === both.administratorId);
    expect(seen.grants.map(({ role }: { role: { key: string } }) => role.key)).toEqual(['registrar']);
    expect((await auditor.call('GET', `/api/administrators/${there.administratorId}`)).status).toBe(403);
    expect((await auditor.call('GET', `/api/administrators/${there.administratorId}/sessions`)).status).toBe(
      403,
    );
    expect((await auditor.call('GET', `/api/administrators/${newId()}`)).status).toBe(404);
  });
});

describe('the last owner', () => {
  it('stays, whoever tries what, and however many try at once', async () => {
    const other = await TestServer.start();
    await other.signIn();
    const { body: session } = await other.call('GET', '/api/auth/session');
    const rival = await other.as('owner');
    const path = `/api/administrators/${session.administrator.id}`;
    // The rival has no password: it could not sign in, so it is no owner to rely on.
    for (const [method, target, json] of [
      ['PATCH', path, { suspended: true }],
      ['PUT', `${path}/grants`, { grants: [] }],
      ['DELETE', path],
    ] as [string, string, object?][]) {
      expect(await rival.call(method, target, { json })).toMatchObject({
        status: 409,
        body: { code: 'administrators/last-owner' },
      });
    }
    await other.dataSource.query(`UPDATE administrator SET password_hash = 'x' WHERE id = $1`, [
      rival.administratorId,
    ]);
    const both = await Promise.all([
      rival.call('DELETE', path),
      other.call('DELETE', `/api/administrators/${rival.administratorId}`),
    ]);
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
    await other.close();
  });
});

describe('a suspended administrator', () => {
  it('is out at once, cannot come in, and can again when that is taken back', async () => {
    const somebody = await member([await grant('operator')]);
    const path = `/api/administrators/${somebody.administratorId}`;
    const { body } = await server.call('PATCH', path, { json: { suspended: true } });
    expect(body.status).toBe('suspended');
    expect((await somebody.call('GET', '/api/auth/session')).status).toBe(401);
    expect(await login(somebody.email)).toMatchObject({ status: 403, body: { code: 'auth/suspended' } });
    expect((await login(somebody.email, 'a wrong password')).status).toBe(401);
    const invitation = await server.call('POST', `${path}/invitation`);
    expect((await accept(invitation.body.invitation.token)).status).toBe(403);
    expect((await server.call('PATCH', path, { json: { suspended: false } })).body.status).toBe('active');
    expect((await login(somebody.email)).status).toBe(200);
  });
});

describe('a deleted administrator', () => {
  it('is gone with their sessions, and stays in the account', async () => {
    const somebody = await member([await grant('operator')]);
    const path = `/api/administrators/${somebody.administratorId}`;
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await server.call('DELETE', path)).status).toBe(404);
    expect((await somebody.call('GET', '/api/auth/session')).status).toBe(401);
    const rows = await server.dataSource.query(
      'SELECT action, before FROM audit_entry WHERE subject_id = $1',
      [somebody.administratorId],
    );
    expect(rows).toContainEqual({
      action: 'administrator/deleted',
      before: { email: somebody.email, grants: [{ role: 'operator', siteId: null }] },
    });
  });
});

describe('roles', () => {
  const make = (json: object, by: Pick<Caller, 'call'> = server) => by.call('POST', '/api/roles', { json });

  it('that are built in come first, with what they may do, and cannot be changed', async () => {
    const { body } = await server.call('GET', '/api/roles');
    expect(body.items.slice(0, 6).map(({ key }: { key: string }) => key)).toEqual([
      'owner',
      'administrator',
      'site-manager',
      'operator',
      'registrar',
      'auditor',
    ]);
    expect(body.items[5].permissions).toContain('audit:read');
    const path = `/api/roles/${body.items[5].id}`;
    expect(await server.call('PATCH', path, { json: { name: 'Seer' } })).toMatchObject({
      status: 409,
      body: { code: 'roles/built-in' },
    });
    expect((await server.call('DELETE', path)).status).toBe(409);
  });

  it('that are made here can be granted, changed for all who have them, and deleted when nobody has', async () => {
    const { body: role } = await make({ name: 'Night desk', permissions: ['doors:read', 'doors:read'] });
    expect(role).toMatchObject({
      key: null,
      name: 'Night desk',
      permissions: ['doors:read'],
      administrators: 0,
    });
    expect(await make({ name: 'Night desk', permissions: ['doors:read'] })).toMatchObject({
      status: 409,
      body: { code: 'roles/name-taken' },
    });
    const somebody = await member([{ roleId: role.id, siteId: null }]);
    expect((await somebody.call('GET', '/api/events')).status).toBe(403);
    const path = `/api/roles/${role.id}`;
    const changed = await server.call('PATCH', path, { json: { permissions: ['events:read'] } });
    expect(changed.body).toMatchObject({ permissions: ['events:read'], administrators: 1 });
    expect((await somebody.call('GET', '/api/events')).status).toBe(200);
    expect((await somebody.call('GET', '/api/doors')).status).toBe(403);
    expect(await server.call('DELETE', path)).toMatchObject({ status: 409, body: { code: 'roles/in-use' } });
    await server.call('DELETE', `/api/administrators/${somebody.administratorId}`);
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await server.call('GET', path)).status).toBe(404);
  });

  it('belong to the whole organisation, and never reach beyond whoever makes or changes them', async () => {
    const { body: role } = await make({ name: newId(), permissions: ['doors:read', 'people:read'] });
    const here = await server.having(['administrators:write', 'doors:read'], siteId);
    expect((await make({ name: newId(), permissions: ['doors:read'] }, here)).status).toBe(403);
    const less = await server.having(['administrators:write', 'doors:read']);
    expect(await make({ name: newId(), permissions: ['people:read'] }, less)).toMatchObject({
      status: 403,
      body: { code: 'administrators/beyond-own-rights' },
    });
    const path = `/api/roles/${role.id}`;
    const taken = await less.call('PATCH', path, { json: { permissions: ['doors:read'] } });
    expect(taken).toMatchObject({ status: 403, body: { code: 'administrators/beyond-own-rights' } });
  });

  it.each([
    {},
    { name: 'x' },
    { name: 'x', permissions: [] },
    { name: 'x', permissions: ['doors:teleport'] },
  ])('of %j are refused', async (json) => {
    expect((await make(json)).status).toBe(400);
  });
});

describe('sign-ins', () => {
  it('of oneself are listed, and ended one by one or all but this one', async () => {
    const somebody = await member([]);
    const cookie = (await login(somebody.email)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const there = (method: string, path: string) =>
      server.callAnonymously(method, path, { headers: { cookie } });
    const { items } = (await somebody.call('GET', '/api/account/sessions')).body;
    expect(items).toHaveLength(2);
    const own = items.filter(({ current }: { current: boolean }) => current);
    expect(own).toMatchObject([{ method: 'invitation', address: expect.any(String), agent: 'node' }]);
    const other = items.find(({ current }: { current: boolean }) => !current);
    expect(other.method).toBe('password');
    expect((await somebody.call('DELETE', `/api/account/sessions/${other.id}`)).status).toBe(204);
    expect((await somebody.call('DELETE', `/api/account/sessions/${other.id}`)).status).toBe(404);
    expect((await there('GET', '/api/auth/session')).status).toBe(401);

    await login(somebody.email);
    expect((await somebody.call('DELETE', '/api/account/sessions')).status).toBe(204);
    expect((await somebody.call('GET', '/api/account/sessions')).body.items).toHaveLength(1);
  });

  it('of somebody else are not one’s own', async () => {
    const [one, other] = [await member([]), await member([])];
    const { items } = (await other.call('GET', '/api/account/sessions')).body;
    expect((await one.call('DELETE', `/api/account/sessions/${items[0].id}`)).status).toBe(404);
    expect((await other.call('GET', '/api/auth/session')).status).toBe(200);
  });

  it('of others are seen and ended by an owner', async () => {
    const somebody = await member([await grant('operator')]);
    const path = `/api/administrators/${somebody.administratorId}/sessions`;
    const { items } = (await server.call('GET', path)).body;
    expect(items).toMatchObject([{ current: false, method: 'invitation' }]);
    expect((await server.call('DELETE', `${path}/${items[0].id}`)).status).toBe(204);
    expect((await server.call('DELETE', `${path}/${items[0].id}`)).status).toBe(404);
    expect((await somebody.call('GET', '/api/auth/session')).status).toBe(401);
    await login(somebody.email);
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await server.call('GET', path)).body.items).toEqual([]);
  });

  it('end when nothing is asked for too long', async () => {
    const somebody = await member([]);
    await server.dataSource.query(
      `UPDATE session SET last_seen_at = now() - interval '121 minutes' WHERE administrator_id = $1`,
      [somebody.administratorId],
    );
    expect((await somebody.call('GET', '/api/auth/session')).status).toBe(401);
  });

  it('are kept alive by what is done in them', async () => {
    const somebody = await member([]);
    await server.dataSource.query(
      `UPDATE session SET last_seen_at = now() - interval '119 minutes' WHERE administrator_id = $1`,
      [somebody.administratorId],
    );
    expect((await somebody.call('GET', '/api/auth/session')).status).toBe(200);
    const { items } = (await somebody.call('GET', '/api/account/sessions')).body;
    expect(Date.now() - new Date(items[0].lastSeenAt).getTime()).toBeLessThan(60_000);
  });
});

describe('a dangerous change', () => {
  it('wants a recent sign-in', async () => {
    const owner = await server.as('owner');
    await server.dataSource.query(
      `UPDATE session SET authenticated_at = now() - interval '16 minutes' WHERE administrator_id = $1`,
      [owner.administratorId],
    );
    expect(await invite([], address(), owner)).toMatchObject({
      status: 403,
      body: { code: 'auth/step-up-required' },
    });
    expect((await owner.call('GET', '/api/administrators')).status).toBe(200);
  });
});
