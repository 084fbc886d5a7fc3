import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeEvent, TestAgent } from './testing/test-agent';
import { photograph } from './testing/test-pictures';
import { ADMINISTRATOR, TestServer } from './testing/test-server';

const PHOTO = photograph('portrait-male-01.jpg');
const templateKey = randomBytes(32);

let server: TestServer;

/** What a site does in its life, with its mistakes: every request here carries or answers with something secret. */
async function live(): Promise<void> {
  await server.callAnonymously('POST', '/api/auth/login', {
    json: { email: ADMINISTRATOR.email, password: 'a password that is not the one' },
  });
  await server.callAnonymously('POST', '/api/auth/login', {
    json: { password: ['sent as a list by mistake'] },
  });
  const { body: person } = await server.call('POST', '/api/people', { json: { name: 'Kim Minji' } });
  for (const bytes of [PHOTO, PHOTO.subarray(0, 5_000), Buffer.from('no picture at all')]) {
    const form = new FormData();
    form.set('photo', new Blob([Uint8Array.from(bytes)]), 'photo.jpg');
    await server.call('POST', `/api/people/${person.id}/photos`, { form });
  }
  const portrait = await server.call('GET', `/api/people/${person.id}/portrait`);
  server.leaks.bytes('a portrait', portrait.body as Buffer);
  const { body: made } = await server.call('POST', '/api/doors', { json: { name: 'Front' } });
  const agent = await TestAgent.connect(server.url, made.agentToken as string);
  await agent.hello();
  for (const change of await agent.pullAll()) {
    if (change.kind !== 'template.put') continue;
    const bytes = Uint8Array.from(change.template.embedding);
    server.leaks.embedding('an embedding', new Float32Array(bytes.buffer));
  }
  await agent.push([makeEvent(1)]);
  agent.close();
  const refused = await TestAgent.connect(server.url, 'mnj_agent_notthetokenofanydoor').catch(() => null);
  expect(refused).toBeNull();
  await server.call('POST', `/api/doors/${made.door.id}/agent-token`);
  const token = await server.call('POST', '/api/tokens', {
    json: {
      name: 'Program',
      permissions: ['people:read'],
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
  });
  expect(token.status).toBe(201);
  await server.callAnonymously('GET', '/api/people', {
    headers: { authorization: `Bearer ${token.body.token}` },
  });
  await server.callAnonymously('GET', '/api/people', { headers: { authorization: 'Bearer mnj_nonsense' } });
  await server.call('POST', '/api/account/password', {
    json: { currentPassword: ADMINISTRATOR.password, newPassword: 'another long pass phrase' },
  });
  await server.call('GET', '/api/audit/export?reason=To%20look%20for%20leaks');
  await server.call('DELETE', `/api/people/${person.id}`);
  await server.call('GET', '/api/people', {
    headers: { cookie: 'munjigi_session=notasessionofanybodyhere' },
  });
}

describe('a server’s log and account', () => {
  it('hold no password, token, cookie, key, picture or embedding, in no form', async () => {
    server = await TestServer.start({ templateKeys: [templateKey], modelsDirectory: undefined });
    server.leaks.text('the owner’s password', ADMINISTRATOR.password);
    server.leaks.bytes('the master key', templateKey);
    server.leaks.bytes('a photo', PHOTO);
    const seed = await readFile(join(server.dataDirectory, 'keys', 'audit.key'), 'utf8');
    server.leaks.bytes('the key of the account', Buffer.from(seed, 'base64'));
    server.leaks.text('the key of the account, as it is kept', seed.trim());
    await server.signIn();
    server.leaks.text('the owner’s cookie', server.cookieHeader.split('=')[1] ?? '');
    await live();
    // Faults of our own are told at length.
    await server.asDatabaseOwner('ALTER TABLE person RENAME TO person_away');
    const failed = await server.call('POST', '/api/people', { json: { name: 'Nobody' } });
    expect(failed.status).toBe(500);
    await server.asDatabaseOwner('ALTER TABLE person_away RENAME TO person');
    expect(server.logLines.length).toBeGreaterThan(30);
    // It looks for all of them.
    await server.close();
  });

  it('are searched: what does leak is found when the server is closed', async () => {
    const careless = await (await TestServer.start()).signIn();
    careless.leaks.text('a word', 'xylophone-in-the-log');
    careless.logLines.push('{"msg":"xylophone-in-the-log"}');
    await expect(careless.close()).rejects.toThrow('a word');
  });
});
