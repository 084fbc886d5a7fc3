import { whereaboutsPullAnswerSchema, whereaboutsToldSchema } from '@munjigi/contracts';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
let siteId: string;
let areaId: string;
let personId: string;
let doors: { id: string; token: string }[];
let agents: TestAgent[];

const post = (path: string, json: object) => server.call('POST', path, { json });
const told = async (agent: TestAgent, fits: (told: { moved: unknown[]; pardoned: unknown[] }) => boolean) =>
  whereaboutsToldSchema.parse(await agent.message('whereabouts.told', fits));
const pulled = async (agent: TestAgent, afterPersonId: string | null = null) =>
  whereaboutsPullAnswerSchema.parse(await agent.ask('whereabouts.pull', { v: 1, afterPersonId }));

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
  siteId = (await server.call('GET', '/api/sites')).body.items[0].id;
  const area = {
    name: 'Vault',
    siteId,
    occupancyMax: null,
    antiPassback: { mode: 'hard', forgetAfterMs: null },
  };
  areaId = (await post('/api/areas', area)).body.id;
  personId = (await post('/api/people', { name: 'Kim' })).body.id;
  doors = [];
  for (const rules of [{ toAreaId: areaId }, { fromAreaId: areaId }, {}]) {
    const { body } = await post('/api/doors', { name: 'Door' });
    await server.call('PUT', `/api/doors/${body.door.id}/rules`, { json: rules });
    doors.push({ id: body.door.id, token: body.agentToken });
  }
});
beforeEach(async () => {
  agents = await Promise.all(doors.map(({ token }) => TestAgent.connect(server.url, token)));
  for (const agent of agents) await agent.hello();
});
afterEach(() => agents.forEach((agent) => agent.close()));
afterAll(() => server.close());

describe('where people are', () => {
  it('has to be asked for after hello, in words that fit', async () => {
    const agent = await TestAgent.connect(server.url, doors[0]!.token);
    expect(await agent.ask('whereabouts.pull', { v: 1, afterPersonId: null })).toMatchObject({ ok: false });
    await agent.hello();
    expect(await agent.ask('whereabouts.pull', { v: 1, afterPersonId: 'nobody' })).toMatchObject({
      ok: false,
      error: { code: 'message/invalid' },
    });
    agent.close();
  });

  it('is told to the doors of the area as somebody passes or is pardoned, and to one that asks', async () => {
    const [inward, outward, elsewhere] = agents as [TestAgent, TestAgent, TestAgent];
    expect(await pulled(outward)).toMatchObject({ moved: [], pardoned: [], next: null });
    const at = new Date().toISOString();
    const passed = { outcome: 'granted', reason: 'matched', personId, occurredAt: at };
    await inward.push([makeEvent(1, passed), makeEvent(2, { occurredAt: at })]);
    expect(await told(outward, ({ moved }) => moved.length > 0)).toMatchObject({
      moved: [{ personId, areaId, at }],
      pardoned: [],
    });
    expect(await pulled(outward)).toMatchObject({ moved: [{ personId, areaId, at }], next: null });
    expect(await pulled(outward, personId)).toMatchObject({ moved: [] });

    await post(`/api/areas/${areaId}/forgive`, { reason: 'Left by the fire escape' });
    await told(inward, ({ pardoned }) => pardoned.length > 0);
    expect(await pulled(inward)).toMatchObject({ moved: [], pardoned: [{ personId }] });
    expect(await pulled(elsewhere)).toMatchObject({ moved: [], pardoned: [] });
    expect(elsewhere.received.map(({ name }) => name)).not.toContain('whereabouts.told');
  });
});
