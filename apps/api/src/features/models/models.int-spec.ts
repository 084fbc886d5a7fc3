import { templateModelsSchema } from '@munjigi/contracts';
import { photograph } from '../../testing/test-pictures';
import { TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';

const CURRENT = 'mobilefacenet-192';
const OTHER = 'faceplugin-512';

let server: TestServer;
beforeAll(async () => {
  server = await (await TestServer.start({ modelsDirectory: undefined })).signIn();
});
afterAll(() => server.close());

async function enrol(photo: string): Promise<string> {
  const { body } = await server.call('POST', '/api/people', { json: { name: photo } });
  const form = new FormData();
  form.set('photo', new Blob([Uint8Array.from(photograph(photo))]), photo);
  const answer = await server.call('POST', `/api/people/${body.id}/photos`, { form });
  if (answer.status !== 201) throw new Error(`enrolling was answered with ${answer.body.code}`);
  return body.id as string;
}

async function done(method: string, path: string): Promise<Record<string, unknown>> {
  const answer = await server.call(method, path);
  expect(answer.status).toBe(202);
  let job = await server.call('GET', `/api/jobs/${answer.body.jobId}`);
  await until(
    'the job to end',
    async () => {
      job = await server.call('GET', `/api/jobs/${answer.body.jobId}`);
      return ['done', 'failed'].includes(job.body.state as string);
    },
    60_000,
  );
  expect(job.body).toMatchObject({ state: 'done' });
  return job.body.result as Record<string, unknown>;
}

/** The people whom a door with that model knows, with the numbers of their embeddings. */
async function knownTo(modelId: string): Promise<Map<string, number>> {
  const { body } = await server.call('POST', '/api/doors', { json: { name: `Door of ${modelId}` } });
  const agent = await TestAgent.connect(server.url, body.agentToken as string);
  await agent.hello({ modelId, capabilities: ['template-transform'] });
  const changes = await agent.pullAll();
  agent.close();
  return new Map(
    changes.flatMap((change) =>
      change.kind === 'template.put'
        ? [[change.template.personId as string, change.template.embedding.byteLength / 4] as const]
        : [],
    ),
  );
}

const models = async () => templateModelsSchema.parse((await server.call('GET', '/api/models')).body).items;

describe('a new model', () => {
  it('makes its templates of kept pictures, beside the old ones, until those are removed', async () => {
    const before = await enrol('portrait-male-01.jpg');
    await server.call('PUT', '/api/settings/retention', {
      json: { rules: [{ siteId: null, kind: 'image', days: 30 }] },
    });
    const after = await enrol('franck_04000.jpg');
    const [crops] = await server.dataSource.query(
      'SELECT count(*)::int AS n, bool_or(position($1 in sealed_jpeg) > 0) AS open FROM enrolment_crop',
      [Buffer.from([0xff, 0xd8, 0xff])],
    );
    expect(crops).toEqual({ n: 1, open: false });

    expect(await done('POST', `/api/models/${OTHER}/re-embed`)).toMatchObject({
      modelId: OTHER,
      people: 2,
      templates: 1,
      faceless: 0,
      peopleWithout: 1,
      without: [before],
    });
    expect(await models()).toEqual([
      { id: OTHER, current: false, templates: 1, people: 1 },
      { id: CURRENT, current: true, templates: 2, people: 2 },
    ]);
    expect(await knownTo(OTHER)).toEqual(new Map([[after, 512]]));
    expect(await knownTo(CURRENT)).toEqual(
      new Map([
        [before, 192],
        [after, 192],
      ]),
    );
    // Asked again, it makes nothing twice.
    expect(await done('POST', `/api/models/${OTHER}/re-embed`)).toMatchObject({
      templates: 0,
      peopleWithout: 1,
    });

    expect(await server.call('DELETE', `/api/models/${CURRENT}/templates`)).toMatchObject({
      status: 409,
      body: { code: 'models/in-use' },
    });
    expect(await done('DELETE', `/api/models/${OTHER}/templates`)).toMatchObject({ removed: 1 });
    expect(await knownTo(OTHER)).toEqual(new Map());
    expect((await knownTo(CURRENT)).size).toBe(2);
    const actions = await server.dataSource.query(
      `SELECT DISTINCT action FROM audit_entry WHERE action LIKE 'models/%' ORDER BY action`,
    );
    expect(actions.map((row: { action: string }) => row.action)).toEqual([
      'models/re-embedded',
      'models/templates-removed',
    ]);
  });

  it.each([
    ['POST', '/api/models/no-such-model/re-embed', 404, 'models/unknown'],
    ['DELETE', '/api/models/no-such-model/templates', 404, 'models/no-templates'],
    ['POST', '/api/models/Not%20A%20Model/re-embed', 400, 'request/invalid'],
  ])('is refused: %s %s', async (method, path, status, code) => {
    const answer = await server.call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toContain(code);
  });
});
