import { consentSchema, consentTextsSchema, consentsSchema } from '@munjigi/contracts';
import { TestServer } from '../../testing/test-server';
import { photograph } from '../../testing/test-pictures';
import { readAsDoor } from '../../testing/test-templates';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start({ modelsDirectory: undefined })).signIn();
  await server.call('PUT', '/api/settings/privacy', { json: { consent: 'required' } });
});
afterAll(() => server.close());

const person = async (): Promise<string> =>
  (await server.call('POST', '/api/people', { json: { name: 'Asked' } })).body.id as string;
const addText = async (): Promise<number> =>
  (
    await server.call('POST', '/api/consent-texts', {
      json: { texts: { ko: '동의합니다.', en: 'I agree.' } },
    })
  ).body.version as number;
const record = (id: string, textVersion: number) =>
  server.call('POST', `/api/people/${id}/consents`, { json: { textVersion, how: 'paper' } });
const enrol = (id: string) => {
  const form = new FormData();
  form.set('photo', new Blob([Uint8Array.from(photograph('portrait-male-01.jpg'))]), 'photo.jpg');
  form.set('confirm', 'not-the-same-person');
  form.set('reason', 'one photograph serves many tests');
  return server.call('POST', `/api/people/${id}/photos`, { form });
};

describe('consent', () => {
  it('has texts whose versions follow one another, also for two who add at once', async () => {
    const versions = await Promise.all([addText(), addText(), addText()]);
    expect(new Set(versions).size).toBe(3);
    const { items } = consentTextsSchema.parse((await server.call('GET', '/api/consent-texts')).body);
    expect(items.map((item) => item.version)).toEqual(items.map((_, index) => items.length - index));
    expect(items[0]?.texts).toEqual({ ko: '동의합니다.', en: 'I agree.' });
  });

  it('must be recorded before a template may exist, and says so', async () => {
    const id = await person();
    const refused = await enrol(id);
    expect([refused.status, refused.body.code]).toEqual([409, 'enrolment/consent-missing']);
    expect(refused.body.detail).toContain('Record their consent');

    const recorded = await record(id, await addText());
    expect(recorded.status).toBe(201);
    expect(consentSchema.parse(recorded.body)).toMatchObject({
      how: 'paper',
      recordedBy: 'admin@example.com',
      withdrawnAt: null,
    });
    expect((await enrol(id)).status).toBe(201);
  });

  it('when withdrawn takes templates and pictures away, at the doors too, and enrolment needs a new one', async () => {
    const id = await person();
    const version = await addText();
    await record(id, version);
    const { body } = await enrol(id);
    const templateId = body.template.id as string;
    expect((await readAsDoor(server)).templates.has(templateId)).toBe(true);

    const answer = await server.call('POST', `/api/people/${id}/consents/withdrawal`, {
      json: { reason: 'asked by letter' },
    });
    expect(answer.status).toBe(200);
    expect(consentsSchema.parse(answer.body).items[0]?.withdrawnAt).not.toBeNull();
    const after = await server.call('GET', `/api/people/${id}`);
    expect(after.body).toMatchObject({ templates: [], portraitUrl: null });
    expect((await readAsDoor(server)).templates.has(templateId)).toBe(false);
    const [change] = await server.dataSource.query('SELECT deleted FROM change WHERE entity_id = $1', [
      templateId,
    ]);
    expect(change).toEqual({ deleted: true });
    const [entry] = await server.dataSource.query(
      `SELECT reason, details FROM audit_entry WHERE action = 'consent/withdrawn' AND subject_id = $1`,
      [id],
    );
    expect(entry).toMatchObject({ reason: 'asked by letter', details: { templates: 1 } });

    expect(await enrol(id)).toMatchObject({ status: 409, body: { code: 'enrolment/consent-missing' } });
    await record(id, version);
    expect((await enrol(id)).status).toBe(201);
    const { items } = consentsSchema.parse((await server.call('GET', `/api/people/${id}/consents`)).body);
    expect(items.map((item) => item.withdrawnAt === null)).toEqual([true, false]);
  });

  it('that nobody gave cannot be withdrawn, nor one be recorded to a text that is not there', async () => {
    const id = await person();
    const withdrawn = await server.call('POST', `/api/people/${id}/consents/withdrawal`, { json: {} });
    expect([withdrawn.status, withdrawn.body.code]).toEqual([409, 'consent/none']);
    expect(await record(id, 9_999)).toMatchObject({ status: 400, body: { code: 'consent/unknown-text' } });
  });

  it('is not asked for where it is managed elsewhere', async () => {
    await server.call('PUT', '/api/settings/privacy', { json: { consent: 'managed-elsewhere' } });
    expect((await enrol(await person())).status).toBe(201);
    await server.call('PUT', '/api/settings/privacy', { json: { consent: 'required' } });
  });

  it.each([{ texts: {} }, { texts: { ko: ' ' } }, { texts: { 'no language!': 'x' } }, {}])(
    'texts are not taken as %j',
    async (json) => {
      expect((await server.call('POST', '/api/consent-texts', { json })).status).toBe(400);
    },
  );
});
