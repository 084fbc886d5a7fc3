import { ADMINISTRATOR, TestServer } from '../../testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const login = (json: unknown, headers: Record<string, string> = {}) =>
  server.callAnonymously('POST', '/api/auth/login', { json, headers });

describe('signing in', () => {
  it('gives a session in a cookie that scripts cannot read', async () => {
    const answer = await login({ ...ADMINISTRATOR, email: 'ADMIN@Example.com' });
    expect(answer.status).toBe(200);
    expect(answer.body.administrator.email).toBe(ADMINISTRATOR.email);
    expect(new Date(answer.body.expiresAt).getTime()).toBeGreaterThan(Date.now());
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^munjigi_session=[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).not.toContain('Secure');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('marks the cookie for TLS alone when the request came over TLS', async () => {
    const answer = await login(ADMINISTRATOR, { 'x-forwarded-proto': 'https' });
    expect(answer.headers.getSetCookie()[0]).toContain('Secure');
  });

  it('keeps the token nowhere', async () => {
    const answer = await login(ADMINISTRATOR);
    const token = /munjigi_session=([\w-]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
    expect(token).not.toBe('');
    const rows = await server.dataSource.query('SELECT session::text AS text FROM session');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
    expect(server.logLines.join('')).not.toContain(token);
    expect(server.logLines.join('')).not.toContain(ADMINISTRATOR.password);
  });

  it('does not tell an unknown address from a wrong password', async () => {
    const [wrong, unknown] = [
      await login({ email: ADMINISTRATOR.email, password: 'wrong' }),
      await login({ email: 'nobody@example.com', password: 'wrong' }),
    ];
    expect(wrong.status).toBe(401);
    expect(wrong.body.code).toBe('auth/invalid-credentials');
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it.each([
    {},
    { email: 'x', password: 'y' },
    { email: ADMINISTRATOR.email },
    [],
    { email: {}, password: [] },
  ])('refuses %j', async (json) => {
    const answer = await login(json);
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('request/invalid');
    expect(answer.body.issues.length).toBeGreaterThan(0);
  });

  it('refuses what is no JSON, and takes no form', async () => {
    const bad = await fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email":',
    });
    expect(bad.status).toBe(400);
    expect(bad.headers.get('content-type')).toContain('application/problem+json');
    const form = await fetch(`${server.url}/api/auth/login`, {
      method: 'POST',
      body: new URLSearchParams(ADMINISTRATOR),
    });
    expect(form.status).toBe(400);
  });

  it('slows guessing down', async () => {
    const email = 'victim@example.com';
    for (let index = 0; index < 10; index++)
      expect((await login({ email, password: 'guess' })).status).toBe(401);
    const refused = await login({ email, password: 'guess' });
    expect(refused.status).toBe(429);
    expect(refused.body.code).toBe('auth/too-many-attempts');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await login(ADMINISTRATOR)).status).toBe(200);
  });
});

describe('a browser that has signed in before', () => {
  it('is let in while strangers guess, with no more guesses than they have', async () => {
    const { administratorId } = await server.withoutRole();
    const { body } = await (
      await server.signIn()
    ).call('POST', `/api/administrators/${administratorId}/invitation`);
    const { email } = body.administrator;
    const password = 'seven quiet magpies';
    const accepted = await server.callAnonymously('POST', '/api/auth/invitation', {
      json: { token: body.invitation.token, password },
    });
    const browser = accepted.headers.getSetCookie().find((cookie) => cookie.startsWith('munjigi_browser='));
    expect(browser).toContain('HttpOnly');
    expect(browser).toContain('Path=/api/auth');
    for (let index = 0; index < 10; index++) await login({ email, password: 'guess' });
    expect((await login({ email, password })).status).toBe(429);
    const cookie = browser?.split(';')[0] ?? '';
    expect((await login({ email, password }, { cookie })).status).toBe(200);
    // Of another account it is a stranger's.
    expect((await login({ email: 'victim@example.com', password }, { cookie })).status).toBe(429);
    for (let index = 0; index < 10; index++) {
      expect((await login({ email, password: 'guess' }, { cookie })).status).toBe(401);
    }
    expect((await login({ email, password }, { cookie })).status).toBe(429);
  });
});

describe('a session', () => {
  it('says who it is, and ends with signing out', async () => {
    const cookie = (await login(ADMINISTRATOR)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const call = (method: string, path: string) =>
      server.callAnonymously(method, path, { headers: { cookie } });
    expect(await call('GET', '/api/auth/session')).toMatchObject({
      status: 200,
      body: { administrator: { email: ADMINISTRATOR.email } },
    });
    const out = await call('POST', '/api/auth/logout');
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^munjigi_session=;.*1970/);
    expect((await call('GET', '/api/auth/session')).status).toBe(401);
  });

  it('ends by itself', async () => {
    const cookie = (await login(ADMINISTRATOR)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    await server.dataSource.query(`UPDATE session SET expires_at = now() - interval '1 second'`);
    const answer = await server.callAnonymously('GET', '/api/auth/session', { headers: { cookie } });
    expect(answer.status).toBe(401);
  });

  it('is accounted for', async () => {
    const rows: { action: string }[] = await server.dataSource.query('SELECT action FROM audit_entry');
    const actions = new Set(rows.map((row) => row.action));
    expect([...actions]).toEqual(
      expect.arrayContaining(['session/begun', 'session/refused', 'session/ended']),
    );
  });
});
