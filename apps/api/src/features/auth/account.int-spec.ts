import { generateSync, ScureBase32Plugin } from 'otplib';
import { newToken } from '../../platform/auth/token';
import { TestServer, type CallOptions } from '../../testing/test-server';
import { SecretWork } from '../secrets/secret-work';

const PASSWORD = 'seven quiet magpies';
const STEP_SECONDS = 30;

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());

const login = (json: object) => server.callAnonymously('POST', '/api/auth/login', { json });

/** Somebody with a password, signed in. */
async function member() {
  const json = { email: `${newToken().toLowerCase()}@example.com`, grants: [] };
  const { body } = await server.call('POST', '/api/administrators', { json });
  const accepted = await server.callAnonymously('POST', '/api/auth/invitation', {
    json: { token: body.invitation.token, password: PASSWORD },
  });
  const cookie = accepted.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const call = (method: string, path: string, options: CallOptions = {}) =>
    server.callAnonymously(method, path, { ...options, headers: { cookie } });
  return { id: body.administrator.id as string, email: json.email, call };
}

/** The code that the app shows, so many half minutes from now. */
const codeOf = (secret: string, steps = 0) =>
  generateSync({
    secret: new ScureBase32Plugin().decode(secret),
    epoch: Math.floor(Date.now() / 1000) + steps * STEP_SECONDS,
  });

/** A code that does not fit, now or soon. */
function wrongCode(secret: string): string {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.has(code)) ?? '';
}

/** Somebody with an authenticator app; the code that confirmed it is used up. */
async function memberWithApp() {
  const somebody = await member();
  const offer = await somebody.call('POST', '/api/account/second-factor');
  const secret = offer.body.secret as string;
  const usedCode = codeOf(secret);
  const { body } = await somebody.call('POST', '/api/account/second-factor/confirmation', {
    json: { code: usedCode },
  });
  return { ...somebody, secret, usedCode, codes: body.codes as string[] };
}

describe('one’s own account', () => {
  it('says who one is, to a person alone', async () => {
    const { email, call } = await member();
    const { body } = await call('GET', '/api/account');
    expect(body).toMatchObject({ email, secondFactor: false, recoveryCodesLeft: 0 });
  });
});

describe('a password', () => {
  const change = (who: { call: TestServer['call'] }, currentPassword: string, newPassword: string) =>
    who.call('POST', '/api/account/password', { json: { currentPassword, newPassword } });

  it('is changed by whoever knows the old one, and every other sign-in ends', async () => {
    const somebody = await member();
    const elsewhere = (await login({ email: somebody.email, password: PASSWORD })).headers;
    const cookie = elsewhere.getSetCookie()[0]?.split(';')[0] ?? '';
    const next = 'nine loud cranes over water';
    expect(await change(somebody, 'wrong', next)).toMatchObject({
      status: 403,
      body: { code: 'auth/wrong-password' },
    });
    expect(await change(somebody, PASSWORD, 'Password2026!')).toMatchObject({ status: 422 });
    expect(await change(somebody, PASSWORD, 'short')).toMatchObject({ status: 400 });
    expect((await change(somebody, PASSWORD, next)).status).toBe(204);
    expect((await somebody.call('GET', '/api/account')).status).toBe(200);
    expect((await server.callAnonymously('GET', '/api/account', { headers: { cookie } })).status).toBe(401);
    expect((await login({ email: somebody.email, password: PASSWORD })).status).toBe(401);
    expect((await login({ email: somebody.email, password: next })).status).toBe(200);
  });

  it('cannot be guessed by whoever finds the screen open', async () => {
    const somebody = await member();
    for (let index = 0; index < 10; index++) await change(somebody, 'guess', PASSWORD);
    expect((await change(somebody, PASSWORD, 'nine loud cranes over water')).status).toBe(429);
  });
});

describe('an authenticator app', () => {
  it('is asked for once a code has confirmed it', async () => {
    const somebody = await member();
    const { status, body } = await somebody.call('POST', '/api/account/second-factor');
    expect(status).toBe(201);
    expect(body.uri).toContain(`otpauth://totp/Munjigi:${encodeURIComponent(somebody.email)}`);
    expect(body.uri).toContain(body.secret);
    expect(body.qr).toMatch(/^data:image\/png;base64,/);
    expect((await login({ email: somebody.email, password: PASSWORD })).status).toBe(200);

    const confirm = (code: string) =>
      somebody.call('POST', '/api/account/second-factor/confirmation', { json: { code } });
    expect(await confirm(wrongCode(body.secret))).toMatchObject({
      status: 422,
      body: { code: 'account/code-wrong' },
    });
    const confirmed = await confirm(codeOf(body.secret));
    expect(confirmed.body.codes).toHaveLength(10);
    expect(await login({ email: somebody.email, password: PASSWORD })).toMatchObject({
      status: 401,
      body: { code: 'auth/second-factor-required' },
    });
    expect(
      (await login({ email: somebody.email, password: PASSWORD, code: codeOf(body.secret, 1) })).status,
    ).toBe(200);
    expect((await somebody.call('GET', '/api/account')).body).toMatchObject({
      secondFactor: true,
      recoveryCodesLeft: 10,
    });
    expect((await somebody.call('POST', '/api/account/second-factor')).status).toBe(409);
  });

  it('says nothing of itself to whoever does not know the password', async () => {
    const { email } = await memberWithApp();
    expect((await login({ email, password: 'wrong' })).body.code).toBe('auth/invalid-credentials');
  });

  it('has codes that are good once, and not those before them', async () => {
    const { email, secret, usedCode } = await memberWithApp();
    const attempt = (code: string) => login({ email, password: PASSWORD, code });
    expect(await attempt(usedCode)).toMatchObject({
      status: 401,
      body: { code: 'auth/invalid-second-factor' },
    });
    const next = codeOf(secret, 1);
    const both = await Promise.all([attempt(next), attempt(next)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await attempt(codeOf(secret, 5))).status).toBe(401);
  });

  it('cannot be guessed', async () => {
    const { email, secret } = await memberWithApp();
    const code = wrongCode(secret);
    for (let index = 0; index < 10; index++) {
      expect((await login({ email, password: PASSWORD, code })).status).toBe(401);
    }
    expect((await login({ email, password: PASSWORD, code: codeOf(secret, 1) })).status).toBe(429);
    // Asking whether a code is needed is no guess, and does not begin the count anew.
    expect((await login({ email, password: PASSWORD })).status).toBe(429);
  });

  it('is kept so that the database alone gives no code', async () => {
    const { secret, codes } = await memberWithApp();
    const rows = await server.dataSource.query(
      `SELECT authenticator_app::text AS text FROM authenticator_app UNION SELECT recovery_code::text FROM recovery_code
       UNION SELECT audit_entry::text FROM audit_entry`,
    );
    const hex = Buffer.from(new ScureBase32Plugin().decode(secret)).toString('hex');
    for (const place of [JSON.stringify(rows), server.logLines.join('')]) {
      for (const kept of [secret, hex, codes[0] ?? '', (codes[0] ?? '').replaceAll('-', '')]) {
        expect(place).not.toContain(kept);
      }
    }
  });

  it('is removed by oneself, or by an owner for somebody who lost it', async () => {
    const own = await memberWithApp();
    expect((await own.call('DELETE', '/api/account/second-factor')).status).toBe(204);
    expect((await login({ email: own.email, password: PASSWORD })).status).toBe(200);

    const lost = await memberWithApp();
    const path = `/api/administrators/${lost.id}/second-factor`;
    expect((await (await server.as('administrator')).call('DELETE', path)).status).toBe(403);
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await lost.call('GET', '/api/account')).status).toBe(401);
    expect((await login({ email: lost.email, password: PASSWORD })).status).toBe(200);
  });
});

describe('recovery codes', () => {
  it('stand in for the app, each once, however they are typed', async () => {
    const { email, codes, call } = await memberWithApp();
    const [first = '', second = ''] = codes;
    expect(first).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){5}$/);
    expect((await login({ email, password: PASSWORD, code: first })).status).toBe(200);
    expect((await login({ email, password: PASSWORD, code: first })).status).toBe(401);
    const typed = ` ${second.toUpperCase().replaceAll('-', ' ')} `;
    expect((await login({ email, password: PASSWORD, code: typed })).status).toBe(200);
    expect((await call('GET', '/api/account')).body.recoveryCodesLeft).toBe(8);
  });

  it('of somebody else do not fit', async () => {
    const [one, other] = [await memberWithApp(), await memberWithApp()];
    const answer = await login({ email: one.email, password: PASSWORD, code: other.codes[0] });
    expect(answer.status).toBe(401);
  });

  it('are made anew, and the old ones end', async () => {
    const { email, codes, call } = await memberWithApp();
    const { body } = await call('POST', '/api/account/recovery-codes');
    expect((await login({ email, password: PASSWORD, code: codes[0] })).status).toBe(401);
    expect((await login({ email, password: PASSWORD, code: body.codes[0] })).status).toBe(200);
  });

  it('want an app to stand in for', async () => {
    expect(await (await member()).call('POST', '/api/account/recovery-codes')).toMatchObject({
      status: 409,
      body: { code: 'account/second-factor-off' },
    });
  });
});

describe('a sign-in that is not recent', () => {
  const stale = (id: string) =>
    server.dataSource.query(
      `UPDATE session SET authenticated_at = now() - interval '1 hour' WHERE administrator_id = $1`,
      [id],
    );

  it('is so again once the password was confirmed', async () => {
    const { id, call } = await member();
    await stale(id);
    expect((await call('POST', '/api/account/second-factor')).body.code).toBe('auth/step-up-required');
    expect(await call('POST', '/api/auth/step-up', { json: { password: 'wrong' } })).toMatchObject({
      status: 403,
      body: { code: 'auth/invalid-credentials' },
    });
    expect((await call('POST', '/api/auth/step-up', { json: { password: PASSWORD } })).status).toBe(204);
    expect((await call('POST', '/api/account/second-factor')).status).toBe(201);
  });

  it('wants the second factor too', async () => {
    const { id, secret, call } = await memberWithApp();
    await stale(id);
    const confirm = (json: object) => call('POST', '/api/auth/step-up', { json });
    expect(await confirm({ password: PASSWORD })).toMatchObject({
      status: 403,
      body: { code: 'auth/second-factor-required' },
    });
    expect((await confirm({ password: PASSWORD, code: codeOf(secret, 1) })).status).toBe(204);
    expect((await call('DELETE', '/api/account/second-factor')).status).toBe(204);
  });
});

describe('a change of the master key', () => {
  it('takes nobody’s authenticator app away', async () => {
    const { email, secret } = await memberWithApp();
    const before = await server.call('GET', '/api/keys');
    expect((await server.call('POST', '/api/keys/rotations')).status).toBeLessThan(300);
    await server.running.app.get(SecretWork, { strict: false }).idle();
    const after = await server.call('GET', '/api/keys');
    expect(after.body.masterKeys).toHaveLength(1);
    expect(after.body.masterKeys[0].id).not.toBe(before.body.masterKeys[0].id);
    expect((await login({ email, password: PASSWORD, code: codeOf(secret, 1) })).status).toBe(200);
  });
});
