import { TestServer } from '../../testing/test-server';

const REQUEST = {
  organisation: '한빛 산업',
  email: 'Minji@Example.com',
  password: 'seven quiet magpies',
  site: { name: '서울 본사', timeZone: 'Asia/Seoul' },
};

let server: TestServer;
let code: string;
beforeEach(async () => {
  server = await TestServer.start({ firstAdministrator: { email: 'unused@example.com' } });
  code = server.running.setupCode ?? '';
});
afterEach(() => server.close());

const setUp = (json: object) => server.callAnonymously('POST', '/api/setup', { json });
const status = () => server.callAnonymously('GET', '/api/setup');

describe('setting up', () => {
  it('makes the first owner and names organisation and site, and signs in', async () => {
    expect((await status()).body).toEqual({ needed: true });
    const answer = await setUp({ ...REQUEST, code });
    expect(answer).toMatchObject({ status: 200, body: { administrator: { email: 'minji@example.com' } } });
    expect(answer.body.permissions).toContainEqual({ permission: 'administrators:write', sites: null });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await server.callAnonymously('GET', '/api/doors', { headers: { cookie } })).status).toBe(200);
    const { email, password } = REQUEST;
    expect(
      (await server.callAnonymously('POST', '/api/auth/login', { json: { email, password } })).status,
    ).toBe(200);
    expect(await server.dataSource.query('SELECT name, time_zone FROM site')).toEqual([
      { name: '서울 본사', time_zone: 'Asia/Seoul' },
    ]);
    const [deployment] = await server.dataSource.query('SELECT organisation_name FROM deployment');
    expect(deployment.organisation_name).toBe('한빛 산업');
  });

  it('is closed for ever once it was done, even when nobody is left', async () => {
    await setUp({ ...REQUEST, code });
    expect((await status()).body).toEqual({ needed: false });
    await server.dataSource.query('DELETE FROM administrator');
    expect((await status()).body).toEqual({ needed: false });
    expect(await setUp({ ...REQUEST, code })).toMatchObject({ status: 409, body: { code: 'setup/closed' } });
  });

  it('happens once, however many try at once', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map((n) => setUp({ ...REQUEST, email: `a${n}@example.com`, code })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
    const [{ count }] = await server.dataSource.query('SELECT count(*)::int AS count FROM administrator');
    expect(count).toBe(1);
  });

  it('wants the code, however it is typed, and slows guessing down', async () => {
    for (let index = 0; index < 10; index++) {
      const answer = await setUp({ ...REQUEST, code: 'abcde-fghij-kmnpq-rstuv' });
      expect(answer).toMatchObject({ status: 403, body: { code: 'setup/wrong-code' } });
    }
    expect((await setUp({ ...REQUEST, code })).status).toBe(429);
    await server.dataSource.query('DELETE FROM sign_in_attempt');
    expect((await setUp({ ...REQUEST, code: ` ${code.toUpperCase().replaceAll('-', ' ')} ` })).status).toBe(
      200,
    );
  });

  it('keeps the code and the password nowhere', async () => {
    await setUp({ ...REQUEST, code: `${code}x` });
    const codes = await server.dataSource.query('SELECT setup_code::text AS text FROM setup_code');
    expect(codes).toHaveLength(1);
    expect(JSON.stringify(codes)).not.toContain(code.replaceAll('-', ''));
    await setUp({ ...REQUEST, code });
    const rows = await server.dataSource.query('SELECT audit_entry::text AS text FROM audit_entry');
    for (const place of [JSON.stringify(rows), server.logLines.join('')]) {
      expect(place).not.toContain(code);
      expect(place).not.toContain(REQUEST.password);
    }
  });

  it.each([
    [{ password: 'short' }, 400],
    [{ password: 'Password2026!' }, 422],
    [{ email: 'nobody' }, 400],
    [{ organisation: ' ' }, 400],
    [{ site: { name: 'x', timeZone: 'Moon/Crater' } }, 400],
    [{ site: {} }, 400],
    [{ code: '' }, 400],
  ])('with %j is refused, and can be tried again', async (change, expected) => {
    expect((await setUp({ ...REQUEST, code, ...change })).status).toBe(expected);
    expect((await setUp({ ...REQUEST, code })).status).toBe(200);
  });
});

describe('a server whose first owner is configured', () => {
  it('needs no set-up, and offers none', async () => {
    const other = await TestServer.start();
    expect(other.running.setupCode).toBeNull();
    expect((await other.callAnonymously('GET', '/api/setup')).body).toEqual({ needed: false });
    expect((await other.callAnonymously('POST', '/api/setup', { json: { ...REQUEST, code } })).status).toBe(
      409,
    );
    await other.close();
  });

  it('does not start with a password that others would guess', async () => {
    const firstAdministrator = { email: 'admin@example.com', password: 'Password2026!' };
    await expect(TestServer.start({ firstAdministrator })).rejects.toMatchObject({
      code: 'config/weak-password',
      exitCode: 78,
    });
  });
});
