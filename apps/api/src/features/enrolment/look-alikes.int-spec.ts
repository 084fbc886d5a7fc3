import { randomBytes } from 'node:crypto';
import type { EnrolPhotoResponse, Person } from '@munjigi/contracts';
import sharp from 'sharp';
import { newId } from '../../platform/database/uuid';
import { photograph } from '../../testing/test-pictures';
import { TestServer, type Answer, type Caller } from '../../testing/test-server';

const [FACE, SAME_FACE] = ['franck_02045.jpg', 'franck_04117.jpg'].map(photograph) as [Buffer, Buffer];
const OTHER_FACE = photograph('portrait-female-04.jpg');

const templateKeys = [randomBytes(32)];
let server: TestServer;
/** Another process on the same database. */
let second: TestServer;
let siteId: string;

beforeAll(async () => {
  const options = { modelsDirectory: undefined, clustered: true, templateKeys };
  server = await (await TestServer.start(options)).signIn();
  second = await (await TestServer.start({ ...options, databaseUrl: server.databaseUrl })).signIn();
  const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
  siteId = site.id;
});
afterAll(async () => {
  await second.close();
  await server.close();
});
afterEach(async () => {
  await server.dataSource.query('UPDATE person SET site_id = NULL');
  const { body } = await server.call('GET', '/api/people');
  for (const { id } of body.items as Person[]) await server.call('DELETE', `/api/people/${id}`);
  await settings({ duplicates: 'refuse', templatesPerPersonMax: 10 });
});

const add = async (name: string): Promise<Person> =>
  (await server.call('POST', '/api/people', { json: { name } })).body as Person;

function upload(
  { id }: Person,
  photo: Buffer,
  fields: Record<string, string> = {},
  by: Pick<Caller, 'call'> = server,
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('photo', new Blob([Uint8Array.from(photo)]), 'photo.jpg');
  return by.call('POST', `/api/people/${id}/photos`, { form });
}

async function settings(changes: object): Promise<Answer> {
  const { body } = await server.call('GET', '/api/settings/enrolment');
  return server.call('PUT', '/api/settings/enrolment', { json: { ...body, ...changes } });
}

const CONFIRMED = { confirm: 'not-the-same-person', reason: 'Twins: I know both' };

describe('a face that is enrolled already', () => {
  it('is refused for another person, with whom it is like', async () => {
    const [first, again] = [await add('First Entry'), await add('Second Entry')];
    expect((await upload(first, FACE)).body.lookAlikes).toEqual([]);
    const answer = await upload(again, SAME_FACE);
    expect([answer.status, answer.body.code]).toEqual([409, 'enrolment/duplicate']);
    expect(answer.body.facts.lookAlikes).toEqual([
      { kind: 'duplicate', similarity: expect.any(Number), person: { id: first.id, name: 'First Entry' } },
    ]);
    expect(answer.body.detail).toContain('First Entry');
    expect((await server.call('GET', `/api/people/${again.id}`)).body).toEqual(again);
  });

  it('is taken for the same person, and a stranger’s for anybody', async () => {
    const [first, other] = [await add('First'), await add('Other')];
    for (const photo of [FACE, SAME_FACE]) expect(await upload(first, photo)).toMatchObject({ status: 201 });
    expect(await upload(other, OTHER_FACE)).toMatchObject({ status: 201, body: { lookAlikes: [] } });
  });

  it('is taken once it is confirmed to be somebody else’s, with the reason in the account', async () => {
    const [first, twin] = [await add('Twin One'), await add('Twin Two')];
    await upload(first, FACE);
    const { reason: _reason, ...unreasoned } = CONFIRMED;
    expect(await upload(twin, FACE, unreasoned)).toMatchObject({
      status: 400,
      body: { code: 'enrolment/reason-missing' },
    });
    expect(await upload(twin, FACE, { confirm: 'yes' })).toMatchObject({
      status: 400,
      body: { code: 'request/invalid' },
    });
    const answer = await upload(twin, FACE, CONFIRMED);
    expect(answer).toMatchObject({ status: 201, body: { lookAlikes: [{ person: { id: first.id } }] } });
    const rows = await server.dataSource.query<{ reason: string; details: { lookAlikes: object[] } }[]>(
      `SELECT reason, details FROM audit_entry WHERE subject_id = $1 AND action = 'person/enrolled'`,
      [twin.id],
    );
    expect(rows).toMatchObject([
      { reason: CONFIRMED.reason, details: { lookAlikes: [{ kind: 'duplicate', personId: first.id }] } },
    ]);
  });

  it('is not named to somebody who may not see whose it is', async () => {
    const otherSiteId = newId();
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Away', now())`, [
      otherSiteId,
    ]);
    const [hidden, own] = [await add('Hidden Name'), await add('Own')];
    await upload(hidden, FACE);
    await server.call('PATCH', `/api/people/${hidden.id}`, { json: { siteId: otherSiteId } });
    await server.call('PATCH', `/api/people/${own.id}`, { json: { siteId } });
    const registrar = await server.as('registrar', siteId);
    const answer = await upload(own, SAME_FACE, {}, registrar);
    expect(answer).toMatchObject({ status: 409, body: { facts: { lookAlikes: [{ person: null }] } } });
    expect(JSON.stringify(answer.body)).not.toMatch(new RegExp(`Hidden Name|${hidden.id}`));
  });

  it('is known in another process at once, and forgotten at once', async () => {
    const [first, again] = [await add('Here'), await add('There')];
    const { body } = await upload(first, FACE);
    expect(await upload(again, SAME_FACE, {}, second)).toMatchObject({ status: 409 });
    const { template } = body as EnrolPhotoResponse;
    const path = `/api/people/${first.id}/templates/${template.id}`;
    expect(await server.call('DELETE', path)).toMatchObject({ status: 204 });
    expect(await upload(again, SAME_FACE, {}, second)).toMatchObject({ status: 201 });
    expect(await upload(first, FACE)).toMatchObject({ status: 409 });
  });

  it('is one person’s when two enrol it at the same moment', async () => {
    const people = await Promise.all(['One', 'Two', 'Three', 'Four'].map(add));
    const answers = await Promise.all(
      people.map((person, index) => upload(person, FACE, {}, index % 2 ? second : server)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('is only warned of, or not looked for, where the settings say so', async () => {
    const [first, again, third] = [await add('A'), await add('B'), await add('C')];
    await upload(first, FACE);
    await settings({ duplicates: 'warn' });
    const warned = await upload(again, SAME_FACE);
    expect(warned).toMatchObject({ status: 201, body: { lookAlikes: [{ kind: 'duplicate' }] } });
    await settings({ duplicates: 'off' });
    expect(await upload(third, FACE)).toMatchObject({ status: 201, body: { lookAlikes: [] } });
  });
});

describe('a photo’s quality', () => {
  it('is measured, kept with the template, and tells the best of several', async () => {
    const person = await add('Measured');
    const blurred = await sharp(FACE).blur(5).jpeg().toBuffer();
    const poorer = (await upload(person, blurred)).body as EnrolPhotoResponse;
    expect(poorer.template).toMatchObject({ best: true, quality: { eyesOpen: null } });
    const better = (await upload(person, FACE)).body as EnrolPhotoResponse;
    expect(better.template.quality!.sharpness).toBeGreaterThan(poorer.template.quality!.sharpness);
    expect(better.template.quality!.unifiedQualityScore).toBeGreaterThan(
      poorer.template.quality!.unifiedQualityScore,
    );
    expect(better.person.templates.map(({ id, best }) => [id, best])).toEqual([
      [poorer.template.id, false],
      [better.template.id, true],
    ]);
  });

  it('is warned of where it could be better', async () => {
    const answer = await upload(await add('Warned'), photograph('portrait-male-01.jpg'));
    expect(answer.status).toBe(201);
    const { warnings } = answer.body as EnrolPhotoResponse;
    expect(warnings.map(({ component, severity }) => [component, severity])).toEqual(
      expect.arrayContaining([
        ['poseRoll', 'warning'],
        ['interEyeDistance', 'warning'],
      ]),
    );
  });

  it('is refused below what the settings ask, with the reasons and what to do', async () => {
    const { body } = await server.call('GET', '/api/settings/enrolment');
    await settings({ refuseBelow: { ...body.refuseBelow, sharpnessMin: 0.99 } });
    const person = await add('Refused');
    const answer = await upload(person, FACE);
    await settings({ refuseBelow: body.refuseBelow });
    expect([answer.status, answer.body.code]).toEqual([422, 'enrolment/poor-quality']);
    expect(answer.body.issues).toEqual([
      { path: 'sharpness', message: expect.stringContaining('Hold still') },
    ]);
    expect(answer.body.facts).toMatchObject({
      quality: { sharpness: expect.any(Number) },
      reasons: [{ component: 'sharpness', severity: 'refused', advice: 'hold-still' }],
    });
  });
});

describe('a person’s templates', () => {
  it('are no more than the settings allow', async () => {
    const person = await add('Full');
    await settings({ templatesPerPersonMax: 1 });
    expect(await upload(person, FACE)).toMatchObject({ status: 201 });
    expect(await upload(person, SAME_FACE)).toMatchObject({
      status: 409,
      body: { code: 'enrolment/too-many-templates' },
    });
  });

  it('and picture are deleted one by one, and accounted for', async () => {
    const person = await add('Emptied');
    const { template } = (await upload(person, FACE)).body as EnrolPhotoResponse;
    const other = await add('Other');
    const path = `/api/people/${person.id}`;
    for (const missing of [
      `${path}/templates/${newId()}`,
      `/api/people/${other.id}/templates/${template.id}`,
    ]) {
      expect(await server.call('DELETE', missing)).toMatchObject({
        status: 404,
        body: { code: 'enrolment/no-such-template' },
      });
    }
    expect(await server.call('DELETE', `${path}/templates/${template.id}`)).toMatchObject({ status: 204 });
    expect(await server.call('DELETE', `${path}/portrait`)).toMatchObject({ status: 204 });
    expect(await server.call('DELETE', `${path}/portrait`)).toMatchObject({
      status: 404,
      body: { code: 'people/no-portrait' },
    });
    expect((await server.call('GET', path)).body).toMatchObject({ templates: [], portraitUrl: null });
    const rows = await server.dataSource.query<{ deleted: boolean }[]>(
      'SELECT deleted FROM change WHERE entity_id = $1',
      [template.id],
    );
    expect(rows).toEqual([{ deleted: true }]);
  });

  it('of another site’s people are left alone', async () => {
    const person = await add('Shared');
    const { template } = (await upload(person, FACE)).body as EnrolPhotoResponse;
    const registrar = await server.as('registrar', siteId);
    for (const part of [`templates/${template.id}`, 'portrait']) {
      expect(await registrar.call('DELETE', `/api/people/${person.id}/${part}`)).toMatchObject({
        status: 403,
      });
    }
    expect(await upload(person, SAME_FACE, {}, registrar)).toMatchObject({ status: 403 });
  });
});

describe('the settings of enrolment', () => {
  it('are set by who may, with what changed in the account', async () => {
    expect(await settings({ templatesPerPersonMax: 7 })).toMatchObject({
      status: 200,
      body: { templatesPerPersonMax: 7, duplicates: 'refuse' },
    });
    const [row] = await server.dataSource.query<[object]>(
      `SELECT before, after FROM audit_entry WHERE action = 'settings/changed' ORDER BY id DESC LIMIT 1`,
    );
    expect(row).toEqual({ before: { templatesPerPersonMax: 10 }, after: { templatesPerPersonMax: 7 } });
  });

  it.each([{ templatesPerPersonMax: 0 }, { duplicates: 'perhaps' }, { refuseBelow: { sharpnessMin: 2 } }])(
    'are refused as %j',
    async (changes) => {
      expect(await settings(changes)).toMatchObject({ status: 400 });
    },
  );

  it('are not set by an administrator of one site', async () => {
    const administrator = await server.as('administrator', siteId);
    const { body } = await administrator.call('GET', '/api/settings/enrolment');
    expect(await administrator.call('PUT', '/api/settings/enrolment', { json: body })).toMatchObject({
      status: 403,
    });
  });
});
