import { enrolPhotoResponseSchema, enrolTrackResponseSchema, type Person } from '@munjigi/contracts';
import { cosineSimilarity } from '@munjigi/face-core';
import sharp from 'sharp';
import { newId } from '../../platform/database/uuid';
import { TestAgent } from '../../testing/test-agent';
import { decompressionBomb, photograph, plainPicture, sideBySide } from '../../testing/test-pictures';
import { TestServer, type Answer } from '../../testing/test-server';
import { PHOTO_BYTES_MAX } from './photo.interceptor';

const ONE = photograph('portrait-male-01.jpg');
const OTHER = photograph('portrait-female-01.jpg');

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start({ modelsDirectory: undefined })).signIn();
  // The same face is many people's here.
  const { body } = await server.call('GET', '/api/settings/enrolment');
  await server.call('PUT', '/api/settings/enrolment', { json: { ...body, duplicates: 'warn' } });
});
afterAll(() => server.close());

async function addPerson(name = 'Somebody'): Promise<Person> {
  return (await server.call('POST', '/api/people', { json: { name } })).body as Person;
}

function upload(personId: string, bytes: Uint8Array, name = 'photo.jpg', field = 'photo'): Promise<Answer> {
  const form = new FormData();
  form.set(field, new Blob([Uint8Array.from(bytes)]), name);
  return server.call('POST', `/api/people/${personId}/photos`, { form });
}

async function embeddingsOf(...personIds: string[]): Promise<Map<string, Float32Array>> {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Reader' } });
  const agent = await TestAgent.connect(server.url, body.agentToken as string);
  await agent.hello();
  const changes = await agent.pullAll();
  agent.close();
  const puts = changes.flatMap((change) => (change.kind === 'template.put' ? [change.template] : []));
  return new Map(
    puts
      .filter((put) => personIds.includes(put.personId))
      .map((put) => [put.id, new Float32Array(Uint8Array.from(put.embedding).buffer)]),
  );
}

describe('a photo', () => {
  it('of one face makes a template, and says where the face is', async () => {
    const person = await addPerson();
    const answer = await upload(person.id, ONE);
    expect(answer.status).toBe(201);
    const { face, template, person: after } = enrolPhotoResponseSchema.parse(answer.body);
    const size = await sharp(ONE).metadata();
    expect(face).toMatchObject({ imageWidth: size.width, imageHeight: size.height });
    expect(face.score).toBeGreaterThan(0.9);
    const [left, right, nose] = face.landmarks;
    expect(left!.x).toBeLessThan(nose!.x);
    expect(right!.x).toBeGreaterThan(nose!.x);
    expect(nose!.y).toBeGreaterThan(left!.y);
    expect(face.box.x).toBeLessThan(left!.x);
    expect(template).toMatchObject({ origin: 'photo', modelId: 'mobilefacenet-192' });
    expect(after.templates).toEqual([template]);

    const picture = await server.call('GET', after.portraitUrl ?? '');
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(await sharp(picture.body as Buffer).metadata()).toMatchObject({ format: 'jpeg' });
  });

  it('is kept only as a sealed template and a sealed small picture', async () => {
    const person = await addPerson();
    await upload(person.id, ONE);
    const [row] = await server.dataSource.query(
      `SELECT sealed_embedding, sealed_jpeg FROM template JOIN portrait USING (person_id) WHERE person_id = $1`,
      [person.id],
    );
    const [[, embedding]] = [...(await embeddingsOf(person.id))] as [[string, Float32Array]];
    const plain = Buffer.from(embedding.buffer);
    expect(row.sealed_embedding.length).toBeGreaterThan(plain.length);
    expect(row.sealed_embedding.includes(plain.subarray(0, 16))).toBe(false);
    expect(row.sealed_jpeg.includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
  });

  it('of the same person is near, and of another far', async () => {
    const [same, other] = [await addPerson(), await addPerson()];
    for (const name of ['franck_02159.jpg', 'franck_04000.jpg']) {
      expect(await upload(same.id, photograph(name))).toMatchObject({ status: 201 });
    }
    await upload(other.id, ONE);
    const [first, second] = [...(await embeddingsOf(same.id)).values()] as [Float32Array, Float32Array];
    const [stranger] = [...(await embeddingsOf(other.id)).values()] as [Float32Array];
    expect(cosineSimilarity(first, first)).toBeCloseTo(1, 4);
    expect(cosineSimilarity(first, second)).toBeGreaterThan(cosineSimilarity(first, stranger) + 0.2);
  });

  it.each([
    ['PNG', () => sharp(ONE).png().toBuffer()],
    ['WebP', () => sharp(ONE).webp().toBuffer()],
    ['grey JPEG', () => sharp(ONE).greyscale().jpeg().toBuffer()],
    [
      'JPEG that lies on its side',
      () => sharp(ONE).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    ],
    ['PNG that is named JPEG', () => sharp(ONE).png().toBuffer()],
  ])('as a %s is taken', async (_, make) => {
    expect(await upload((await addPerson()).id, await make())).toMatchObject({ status: 201 });
  });

  const spoilt = Buffer.from(ONE);
  spoilt.fill(0xff, Math.floor(ONE.length / 3));

  it.each<[string, () => Promise<Buffer> | Buffer, number, string]>([
    ['without a face', () => plainPicture(400, 400), 422, 'no-face'],
    ['of two people', () => sideBySide([ONE, OTHER], 300), 422, 'several-faces'],
    ['of a tiny face', () => sharp(ONE).resize({ width: 90 }).toBuffer(), 422, 'face-too-small'],
    ['that is corrupt', () => spoilt, 422, 'unreadable-image'],
    ['that is truncated', () => ONE.subarray(0, ONE.length / 2), 422, 'unreadable-image'],
    ['of zero bytes', () => Buffer.alloc(0), 422, 'unreadable-image'],
    ['of 1 x 1 pixel', () => plainPicture(1, 1), 422, 'no-face'],
    ['of 20,000 x 20,000 pixels', () => decompressionBomb(20_000, 20_000), 413, 'image-too-large'],
    [
      'with too many bytes',
      () => Buffer.concat([ONE, Buffer.alloc(PHOTO_BYTES_MAX)]),
      413,
      'image-too-large',
    ],
    ['that is a renamed text', () => Buffer.from('I am a photo, believe me.'), 415, 'unsupported-type'],
    ['that is a renamed GIF', () => sharp(ONE).gif().toBuffer(), 415, 'unsupported-type'],
    [
      'that is an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      'unsupported-type',
    ],
  ])('%s is refused, with what to do', async (_, make, status, reason) => {
    const person = await addPerson();
    const answer = await upload(person.id, await make());
    expect([answer.status, answer.body.code]).toEqual([status, `enrolment/${reason}`]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.title).not.toBe('');
    expect(answer.body.detail).not.toBe('');
    expect((await server.call('GET', `/api/people/${person.id}`)).body).toEqual(person);
  });

  it('that is not there is missed', async () => {
    const { id } = await addPerson();
    const path = `/api/people/${id}/photos`;
    const empty = new FormData();
    empty.set('other', 'text');
    const answers = [
      await upload(id, ONE, 'photo.jpg', 'picture'),
      await server.call('POST', path, { form: empty }),
      await server.call('POST', path, { json: { photo: 'x' } }),
      await server.call('POST', path),
      await server.call('POST', path, {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      }),
    ];
    for (const answer of answers)
      expect([answer.status, answer.body.code]).toEqual([400, 'enrolment/missing-file']);
  });

  it('of nobody we know is refused', async () => {
    expect(await upload(newId(), ONE)).toMatchObject({ status: 404, body: { code: 'people/not-found' } });
  });

  it('may come while others come', async () => {
    const people = await Promise.all([addPerson(), addPerson(), addPerson()]);
    const answers = await Promise.all(people.map((person) => upload(person.id, ONE)));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201]);
  });

  it('is not logged', () => {
    const log = server.logLines.join('');
    expect(log).toContain('request answered');
    expect(log).not.toContain(ONE.subarray(100, 130).toString('base64').slice(0, 20));
    expect(log.length).toBeLessThan(1_000_000);
  });
});

describe('a face at a door', () => {
  let door: { id: string; token: string };
  let agent: TestAgent;
  const trackId = newId();

  beforeEach(async () => {
    const { body } = await server.call('POST', '/api/doors', { json: { name: 'Lobby' } });
    door = { id: body.door.id, token: body.agentToken };
    agent = await TestAgent.connect(server.url, door.token);
    await agent.hello();
  });
  afterEach(() => agent.close());

  const register = (name = 'Clicked') =>
    server.call('POST', `/api/doors/${door.id}/enrolments`, { json: { trackId, name } });
  const answerWith = (answer: unknown) =>
    agent.socket.on('capture.request', (message: { trackId: string }, reply: (answer: unknown) => void) => {
      expect(message).toEqual({ v: 1, trackId });
      reply(answer);
    });
  const countPeople = async () => (await server.call('GET', '/api/people?limit=1')).body.total as number;

  it('becomes a person with the usable captures as templates, and the doors are told', async () => {
    answerWith({
      ok: true,
      captures: [{ jpeg: ONE }, { jpeg: await plainPicture(200, 200) }, { jpeg: ONE }],
    });
    const answer = await register('새 사람');
    expect(answer.status).toBe(201);
    const { person } = enrolTrackResponseSchema.parse(answer.body);
    expect(person).toMatchObject({ name: '새 사람', portraitUrl: expect.stringContaining(person.id) });
    expect(person.templates.map((template) => template.origin)).toEqual(['door', 'door']);
    await agent.message('sync.changed');
    expect((await embeddingsOf(person.id)).size).toBe(2);
  });

  it.each([
    [
      'has been lost',
      { ok: false, error: { code: 'capture/track-gone', message: 'gone' } },
      409,
      'enrolment/track-gone',
    ],
    ['is sent in a form nobody knows', { ok: true, captures: [] }, 500, 'agent/invalid-answer'],
    [
      'is sent as no picture',
      { ok: true, captures: [{ jpeg: Buffer.from('x') }] },
      415,
      'enrolment/unsupported-type',
    ],
  ])('that %s makes nobody', async (_, reply, status, code) => {
    const before = await countPeople();
    answerWith(reply);
    const answer = await register();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await countPeople()).toBe(before);
  });

  it('that is offline makes nobody', async () => {
    const before = await countPeople();
    agent.close();
    let answer = await register();
    while (answer.body.code !== 'enrolment/door-offline') answer = await register();
    expect(answer.status).toBe(409);
    expect(await countPeople()).toBe(before);
  });

  it('whose agent leaves in the middle makes nobody', async () => {
    agent.socket.on('capture.request', () => agent.close());
    expect(await register()).toMatchObject({ status: 409, body: { code: 'enrolment/door-offline' } });
  });
});

describe('without models', () => {
  it('enrolment says that it cannot, and the rest works', async () => {
    const blind = await (await TestServer.start()).signIn();
    const { body: person } = await blind.call('POST', '/api/people', { json: { name: 'Unseen' } });
    const form = new FormData();
    form.set('photo', new Blob([Uint8Array.from(ONE)]), 'photo.jpg');
    const answer = await blind.call('POST', `/api/people/${person.id}/photos`, { form });
    expect([answer.status, answer.body.code]).toEqual([503, 'vision/unavailable']);
    await blind.close();
  });
});
