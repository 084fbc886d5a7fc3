import { localPeopleResponseSchema, type Person } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestAgent } from '../../testing/test-agent';
import { photograph } from '../../testing/test-pictures';
import { TestServer } from '../../testing/test-server';

const FACE = photograph('franck_02045.jpg');
const OTHER_FACE = photograph('portrait-female-04.jpg');

interface AtDoor {
  readonly id: string;
  readonly name: string;
  readonly jpeg: Buffer;
}

let server: TestServer;
let door: { id: string; token: string };
let agent: TestAgent;
/** Who was registered at the door, and has not been decided about. */
let waiting: AtDoor[];

beforeAll(async () => {
  server = await (await TestServer.start({ modelsDirectory: undefined })).signIn();
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Lobby' } });
  door = { id: body.door.id, token: body.agentToken };
});
afterAll(() => server.close());
beforeEach(async () => {
  waiting = [];
  agent = await TestAgent.connect(server.url, door.token);
  await agent.hello();
  const { socket } = agent;
  const dates = { validFrom: null, validUntil: '2031-01-01T00:00:00.000Z' };
  socket.on('local.people', (_: unknown, answer: (reply: object) => void) =>
    answer({
      ok: true,
      people: waiting.map(({ id, name }) => ({
        ...{ id, name, ...dates, passes: true, createdAt: '2026-01-01T00:00:00.000Z' },
      })),
    }),
  );
  socket.on('local.captures', ({ personId }: { personId: string }, answer: (reply: object) => void) =>
    answer({ ok: true, captures: waiting.filter(({ id }) => id === personId).map(({ jpeg }) => ({ jpeg })) }),
  );
  socket.on('local.settle', ({ personId }: { personId: string }, answer: (reply: object) => void) => {
    waiting = waiting.filter(({ id }) => id !== personId);
    answer({ ok: true });
  });
});
afterEach(async () => {
  agent.close();
  const { body } = await server.call('GET', '/api/people');
  for (const { id } of body.items as Person[]) await server.call('DELETE', `/api/people/${id}`);
});

const wait = (name: string, jpeg: Buffer): AtDoor => {
  const person = { id: newId(), name, jpeg };
  waiting.push(person);
  return person;
};
const path = (suffix = '') => `/api/doors/${door.id}/local-people${suffix}`;
const accept = ({ id }: AtDoor, json: object = {}) => server.call('POST', path(`/${id}/accept`), { json });
const people = async () => (await server.call('GET', '/api/people')).body.items as Person[];

describe('somebody who was registered at a door itself', () => {
  it('is shown to an administrator with a picture, while the server keeps nothing of them', async () => {
    const kim = wait('김민지', FACE);
    const { body } = await server.call('GET', path());
    expect(localPeopleResponseSchema.parse(body).items).toMatchObject([{ id: kim.id, name: '김민지' }]);
    expect((await server.call('GET', path(`/${kim.id}/photo`))).status).toBe(200);
    expect(await people()).toEqual([]);
  });

  it('is taken over under the id that the door’s events have of them, and the door forgets its own', async () => {
    const kim = wait('김민지', FACE);
    const answer = await accept(kim);
    expect(answer.status).toBe(201);
    expect(answer.body.person).toMatchObject({
      ...{ id: kim.id, name: '김민지', validUntil: '2031-01-01T00:00:00.000Z' },
      templates: [{ origin: 'door' }],
    });
    expect(waiting).toEqual([]);
  });

  it('is taken over once, though the door was not told the first time', async () => {
    const kim = wait('Kim', FACE);
    await accept(kim);
    waiting = [kim];
    expect((await accept(kim)).status).toBe(201);
    expect((await people()).map(({ id }) => id)).toEqual([kim.id]);
    expect(waiting).toEqual([]);
  });

  it('is never doubled: a face that is known is refused, or given to whom it is', async () => {
    const { body: known } = await server.call('POST', '/api/people', { json: { name: 'Known' } });
    const form = new FormData();
    form.set('photo', new Blob([Uint8Array.from(FACE)]), 'photo.jpg');
    await server.call('POST', `/api/people/${known.id}/photos`, { form });
    const again = wait('Again', FACE);
    expect(await accept(again)).toMatchObject({ status: 409, body: { code: 'enrolment/duplicate' } });
    expect(waiting).toEqual([again]);
    const asKnown = await accept(again, { asPersonId: known.id });
    expect(asKnown.body.person).toMatchObject({ id: known.id, name: 'Known' });
    expect((await people()).map(({ name }) => name)).toEqual(['Known']);
    expect(waiting).toEqual([]);
  });

  it('is forgotten at the door when refused, with an account of it', async () => {
    const lee = wait('Lee', OTHER_FACE);
    const refusal = await server.call('POST', path(`/${lee.id}/reject`), { json: { reason: 'Left' } });
    expect(refusal.status).toBe(204);
    expect(waiting).toEqual([]);
    expect(await people()).toEqual([]);
    const { body } = await server.call('GET', '/api/audit?limit=5');
    expect(JSON.stringify(body)).toContain('person/local-rejected');
  });

  it('is nobody once the door does not know them', async () => {
    const json = {};
    for (const verb of ['accept', 'reject'])
      expect(await server.call('POST', path(`/${newId()}/${verb}`), { json })).toMatchObject({
        status: 404,
        body: { code: 'local-people/not-found' },
      });
    expect(await server.call('POST', path(`/no-id/accept`), { json })).toMatchObject({ status: 400 });
    expect(await server.call('GET', `/api/doors/${newId()}/local-people`)).toMatchObject({ status: 404 });
  });

  it('cannot be asked for while the door is away', async () => {
    agent.close();
    const answer = await server.call('GET', path());
    expect(answer).toMatchObject({ status: 409, body: { code: 'enrolment/door-offline' } });
  });

  it('is nobody’s business without a session, or at another site', async () => {
    const { id } = wait('Kim', FACE);
    const stranger = await server.having(['enrolment:write'], await server.makeSite());
    const reader = await server.having(['people:read']);
    for (const [method, suffix] of [
      ['GET', ''],
      ['GET', `/${id}/photo`],
      ['POST', `/${id}/accept`],
      ['POST', `/${id}/reject`],
    ] as const) {
      expect((await server.callAnonymously(method, path(suffix))).status).toBe(401);
      for (const caller of [stranger, reader])
        expect((await caller.call(method, path(suffix), method === 'POST' ? { json: {} } : {})).status).toBe(
          403,
        );
    }
    expect(waiting).toHaveLength(1);
  });
});
