import { enrolmentLookSchema, openedEnrolmentInvitationSchema, type Person } from '@munjigi/contracts';
import { photograph, plainPicture, sideBySide } from '../../testing/test-pictures';
import { TestServer, type Answer } from '../../testing/test-server';

const ONE = photograph('portrait-male-01.jpg');
const OTHER = photograph('portrait-female-01.jpg');

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start({ modelsDirectory: undefined })).signIn();
});
afterAll(() => server.close());

async function addPerson(name = '한지우'): Promise<Person> {
  return (await server.call('POST', '/api/people', { json: { name } })).body as Person;
}

async function invite(personId: string): Promise<string> {
  const { status, body } = await server.call('POST', `/api/people/${personId}/enrolment-invitation`);
  expect(status).toBe(201);
  return body.token as string;
}

/** Sends what the invited person's phone sends: no cookie, only the token. */
async function asInvited(
  token: string,
  path = '',
  photo?: Uint8Array,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  if (photo) form.set('photo', new Blob([Uint8Array.from(photo)]), 'photo.jpg');
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const response = await fetch(`${server.url}/api/enrolment-invitations${path}`, {
    method: path === '' ? 'GET' : 'POST',
    headers: { 'x-enrolment-token': token },
    body: path === '' ? undefined : form,
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

const templatesOf = async (personId: string) =>
  ((await server.call('GET', `/api/people/${personId}`)).body as Person).templates;

describe('a look at a picture', () => {
  const look = async (photo: Uint8Array) => {
    const form = new FormData();
    form.set('photo', new Blob([Uint8Array.from(photo)]), 'photo.jpg');
    const { status, body } = await server.call('POST', '/api/enrolment/looks', { form });
    return { status, body };
  };

  it('says where the face is, how good it is, and that it would be taken', async () => {
    const { status, body } = await look(ONE);
    expect(status).toBe(200);
    const seen = enrolmentLookSchema.parse(body);
    expect(seen.refusal).toBeNull();
    expect(seen.face?.score).toBeGreaterThan(0.9);
    expect(seen.quality?.unifiedQualityScore).toBeGreaterThan(0);
  });

  it('says why it would be refused', async () => {
    expect((await look(await plainPicture(400, 300))).body).toMatchObject({
      face: null,
      refusal: 'enrolment/no-face',
    });
    expect((await look(await sideBySide([ONE, OTHER], 400))).body).toMatchObject({
      face: null,
      refusal: 'enrolment/several-faces',
    });
    expect(await look(Buffer.from('no picture'))).toMatchObject({
      status: 415,
      body: { code: 'enrolment/unsupported-type' },
    });
  });
});

describe('an invitation to enrol', () => {
  it('lets whoever holds it enrol one person, once', async () => {
    const person = await addPerson();
    const token = await invite(person.id);
    const opened = await asInvited(token);
    expect(openedEnrolmentInvitationSchema.parse(opened.body)).toMatchObject({
      name: '한지우',
      consent: null,
    });
    expect((await asInvited(token, '/looks', ONE)).body).toMatchObject({ refusal: null });
    expect((await asInvited(token, '/photo', await plainPicture(400, 300))).body).toMatchObject({
      code: 'enrolment/no-face',
    });

    expect((await asInvited(token, '/photo', ONE)).status).toBe(204);
    expect(await templatesOf(person.id)).toMatchObject([{ origin: 'photo' }]);
    for (const path of ['', '/looks', '/photo']) {
      expect(await asInvited(token, path, ONE)).toMatchObject({
        status: 401,
        body: { code: 'enrolment/invitation-invalid' },
      });
    }
    const account = await server.call('GET', `/api/audit?subjectId=${person.id}`);
    const actions = (account.body.items as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['person/invited-to-enrol', 'person/enrolled']));
  });

  it('is used once by two who come at the same time', async () => {
    const person = await addPerson('Race');
    const token = await invite(person.id);
    await server.call('PUT', '/api/settings/enrolment', {
      json: { ...(await server.call('GET', '/api/settings/enrolment')).body, duplicates: 'off' },
    });
    const answers = await Promise.all([asInvited(token, '/photo', ONE), asInvited(token, '/photo', ONE)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
    expect(await templatesOf(person.id)).toHaveLength(1);
  });

  it('asks for consent where the deployment does, and records it', async () => {
    await server.call('PUT', '/api/settings/privacy', { json: { consent: 'required' } });
    await server.call('POST', '/api/consent-texts', {
      json: { texts: { ko: '동의합니다.', en: 'I agree.' } },
    });
    const person = await addPerson('Consents');
    const token = await invite(person.id);
    const { consent } = openedEnrolmentInvitationSchema.parse((await asInvited(token)).body);
    expect(consent?.texts).toEqual({ ko: '동의합니다.', en: 'I agree.' });
    const refused = await asInvited(token, '/photo', ONE);
    expect(refused).toMatchObject({ status: 409, body: { code: 'enrolment/consent-missing' } });
    const textVersion = String(consent?.textVersion);
    expect((await asInvited(token, '/photo', ONE, { textVersion })).status).toBe(204);
    const { body } = await server.call('GET', `/api/people/${person.id}/consents`);
    expect(body.items).toMatchObject([{ how: 'invitation', textVersion: consent?.textVersion }]);
    await server.call('PUT', '/api/settings/privacy', { json: { consent: 'managed-elsewhere' } });
  });

  it('does not tell whom a face is like', async () => {
    await server.call('PUT', '/api/settings/enrolment', {
      json: { ...(await server.call('GET', '/api/settings/enrolment')).body, duplicates: 'refuse' },
    });
    const person = await addPerson('Twin');
    const answer = await asInvited(await invite(person.id), '/photo', ONE);
    expect(answer).toMatchObject({ status: 409, body: { code: 'enrolment/needs-somebody' } });
    expect(JSON.stringify(answer.body)).not.toMatch(/한지우|Consents|personId/);
  });

  it('ends when another is made, when it is taken back, and with its time', async () => {
    const person = await addPerson('Late');
    const first = await invite(person.id);
    const second = await invite(person.id);
    expect((await asInvited(first)).status).toBe(401);
    expect((await asInvited(second)).status).toBe(200);
    const path = `/api/people/${person.id}/enrolment-invitation`;
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await asInvited(second)).status).toBe(401);
    expect(await server.call('DELETE', path)).toMatchObject({
      status: 404,
      body: { code: 'enrolment/no-invitation' },
    });
    const third = await invite(person.id);
    await server.dataSource.query('UPDATE enrolment_invitation SET expires_at = now()');
    expect((await asInvited(third)).status).toBe(401);
  });

  it('is looked at so often and no more', async () => {
    const token = await invite((await addPerson('Films')).id);
    await server.dataSource.query('UPDATE enrolment_invitation SET looks = 600');
    expect(await asInvited(token, '/looks', ONE)).toMatchObject({
      status: 429,
      body: { code: 'enrolment/too-many-looks' },
    });
  });

  it('is nothing without a token, with one that was made up, or without a picture', async () => {
    for (const token of ['', 'x', 'a'.repeat(43)]) expect((await asInvited(token)).status).toBe(401);
    const token = await invite((await addPerson('Empty')).id);
    expect(await asInvited(token, '/looks')).toMatchObject({
      status: 400,
      body: { code: 'enrolment/missing-file' },
    });
    expect(await asInvited(token, '/photo', ONE, { textVersion: 'x' })).toMatchObject({ status: 400 });
  });
});
