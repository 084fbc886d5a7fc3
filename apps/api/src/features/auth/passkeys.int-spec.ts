import { newId } from '../../platform/database/uuid';
import { TestAuthenticator, type Misdeeds } from '../../testing/test-authenticator';
import { TestServer, type Caller } from '../../testing/test-server';

const ORIGIN = 'http://localhost:3000';

let server: TestServer;
beforeAll(async () => {
  const auth = { sessionMs: 3_600_000, sessionIdleMs: 3_600_000, stepUpMs: 900_000, publicUrl: ORIGIN };
  server = await (await TestServer.start({ auth })).signIn();
});
afterAll(() => server.close());

async function register(
  by: Pick<Caller, 'call'>,
  device = new TestAuthenticator(ORIGIN),
  misdeeds: Misdeeds = {},
) {
  const { body } = await by.call('POST', '/api/account/passkeys/options');
  const json = {
    challengeId: body.challengeId,
    name: '노트북',
    response: device.create(body.options, misdeeds),
  };
  return { device, json, answer: await by.call('POST', '/api/account/passkeys', { json }) };
}

async function signIn(device: TestAuthenticator, misdeeds: Misdeeds = {}) {
  const { body } = await server.callAnonymously('POST', '/api/auth/passkey/options');
  const json = { challengeId: body.challengeId, response: device.get(body.options, misdeeds) };
  return { json, answer: await server.callAnonymously('POST', '/api/auth/passkey', { json }) };
}

describe('a passkey', () => {
  it('signs somebody in alone, and says so in the account and in the list of sign-ins', async () => {
    const somebody = await server.as('operator');
    const { device, answer: made } = await register(somebody);
    expect(made).toMatchObject({ status: 201, body: { name: '노트북', lastUsedAt: null, backedUp: false } });
    const { answer } = await signIn(device);
    expect(answer).toMatchObject({ status: 200, body: { administrator: { id: somebody.administratorId } } });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const { body } = await server.callAnonymously('GET', '/api/account/sessions', { headers: { cookie } });
    expect(body.items.find((item: { current: boolean }) => item.current)).toMatchObject({
      method: 'passkey',
    });
    const listed = await somebody.call('GET', '/api/account/passkeys');
    expect(listed.body.items).toMatchObject([{ lastUsedAt: expect.any(String) }]);
    const seen = await server.call('GET', `/api/administrators/${somebody.administratorId}`);
    expect(seen.body.passkeys).toBe(1);
  });

  it.each<[string, Misdeeds]>([
    ['made on another site’s page', { origin: 'https://evil.example' }],
    ['of a device that did not ask for its lock', { userVerified: false }],
  ])('%s is neither kept nor signed in with', async (_, misdeeds) => {
    const somebody = await server.withoutRole();
    const { answer } = await register(somebody, undefined, misdeeds);
    expect(answer).toMatchObject({ status: 422, body: { code: 'passkeys/invalid' } });
    const { device } = await register(somebody);
    expect((await signIn(device, misdeeds)).answer).toMatchObject({
      status: 401,
      body: { code: 'auth/invalid-passkey' },
    });
    expect((await signIn(device)).answer.status).toBe(200);
  });

  it('that was copied is refused when its counter steps back', async () => {
    const { device } = await register(await server.withoutRole());
    expect((await signIn(device, { counter: 9 })).answer.status).toBe(200);
    expect((await signIn(device, { counter: 9 })).answer.status).toBe(401);
  });

  it('answers a challenge once, and none that is somebody else’s or too old', async () => {
    const [one, other] = [await server.withoutRole(), await server.withoutRole()];
    const { device, json: registered } = await register(one);
    expect((await one.call('POST', '/api/account/passkeys', { json: registered })).status).toBe(422);
    const { json } = await signIn(device);
    const again = await server.callAnonymously('POST', '/api/auth/passkey', { json });
    expect(again).toMatchObject({ status: 422, body: { code: 'passkeys/challenge-invalid' } });

    const { body } = await one.call('POST', '/api/account/passkeys/options');
    const response = new TestAuthenticator(ORIGIN).create(body.options);
    const stolen = { challengeId: body.challengeId, name: 'x', response };
    expect((await other.call('POST', '/api/account/passkeys', { json: stolen })).status).toBe(422);
    await server.dataSource.query('UPDATE passkey_challenge SET expires_at = now()');
    expect((await one.call('POST', '/api/account/passkeys', { json: stolen })).status).toBe(422);
  });

  it('is renamed and removed by whom it belongs to, and nobody else', async () => {
    const [one, other] = [await server.withoutRole(), await server.withoutRole()];
    const { device, answer } = await register(one);
    const path = `/api/account/passkeys/${answer.body.id}`;
    expect((await other.call('PATCH', path, { json: { name: 'x' } })).status).toBe(404);
    expect((await other.call('DELETE', path)).status).toBe(404);
    expect((await one.call('PATCH', path, { json: { name: ' ' } })).status).toBe(400);
    expect((await one.call('PATCH', path, { json: { name: '집' } })).body).toMatchObject({ name: '집' });
    expect((await one.call('DELETE', path)).status).toBe(204);
    expect((await one.call('DELETE', `/api/account/passkeys/${newId()}`)).status).toBe(404);
    expect((await signIn(device)).answer.status).toBe(401);
  });

  it('is registered once', async () => {
    const device = new TestAuthenticator(ORIGIN);
    await register(await server.withoutRole(), device);
    const { answer } = await register(await server.withoutRole(), device);
    expect(answer).toMatchObject({ status: 409, body: { code: 'passkeys/known' } });
  });

  it('lets nobody in who is suspended', async () => {
    const somebody = await server.withoutRole();
    const { device } = await register(somebody);
    const json = { suspended: true };
    await server.call('PATCH', `/api/administrators/${somebody.administratorId}`, { json });
    expect((await signIn(device)).answer).toMatchObject({ status: 403, body: { code: 'auth/suspended' } });
  });

  it.each([{}, { id: 7 }, { id: 'AAAA' }, { id: 'AAAA', response: null }])(
    'of %j is refused',
    async (response) => {
      const { body } = await server.callAnonymously('POST', '/api/auth/passkey/options');
      const json = { challengeId: body.challengeId, response };
      expect((await server.callAnonymously('POST', '/api/auth/passkey', { json })).status).toBe(401);
      const offer = await server.call('POST', '/api/account/passkeys/options');
      const made = { challengeId: offer.body.challengeId, name: 'x', response };
      expect((await server.call('POST', '/api/account/passkeys', { json: made })).status).toBe(422);
    },
  );

  it('needs a host name', async () => {
    const other = await TestServer.start();
    expect(await other.callAnonymously('POST', '/api/auth/passkey/options')).toMatchObject({
      status: 422,
      body: { code: 'passkeys/no-name' },
    });
    await other.close();
  });
});
