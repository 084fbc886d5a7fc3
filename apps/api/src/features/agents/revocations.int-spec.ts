import type { PeopleRevoke, PersonDoors } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';

let server: TestServer;
const agents: TestAgent[] = [];

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
afterEach(() => agents.splice(0).forEach((agent) => agent.close()));

async function makeDoor() {
  const { body } = await server.call('POST', '/api/doors', { json: { name: `Door ${newId()}` } });
  return { id: body.door.id as string, token: body.agentToken as string };
}

async function connect(token: string): Promise<TestAgent> {
  const agent = await TestAgent.connect(server.url, token);
  agents.push(agent);
  return agent;
}

/** An agent that has everything there is now. */
async function levelAgent(token: string): Promise<{ agent: TestAgent; level: number }> {
  const agent = await connect(token);
  const hello = await agent.hello();
  if (!hello.ok) throw new Error('refused');
  const level = hello.desiredRevision;
  agent.socket.emit('sync.applied', { v: 1, appliedRevision: level });
  return { agent, level };
}

async function makePerson(): Promise<string> {
  const { body } = await server.call('POST', '/api/people', { json: { name: '김민지' } });
  return body.id as string;
}

const revocationOf = (agent: TestAgent, personId: string) =>
  agent.message<PeopleRevoke>('people.revoke', ({ personIds }) =>
    (personIds as readonly string[]).includes(personId),
  );
const doorsOf = async (personId: string) =>
  (await server.call('GET', `/api/people/${personId}/doors`)).body as PersonDoors;
const confirmedAt = async (personId: string, doorId: string) =>
  (await doorsOf(personId)).doors.find(({ door }) => door.id === doorId)?.confirmed;

describe('a revocation', () => {
  it.each([
    ['blocked', 'PATCH', '', { status: 'blocked', statusReason: 'stolen badge' }],
    ['suspended', 'PATCH', '', { status: 'suspended', statusReason: 'leave' }],
    ['out of their time', 'PATCH', '', { validUntil: '2020-01-01T00:00:00Z' }],
    ['deleted', 'DELETE', '', undefined],
    ['erased', 'POST', '/erasure', { reason: 'asked for' }],
  ])('of a person who is %s reaches every door before the feed', async (_, method, path, json) => {
    const personId = await makePerson();
    const doors = [await makeDoor(), await makeDoor()];
    const [first, second] = await Promise.all(doors.map(({ token }) => levelAgent(token)));
    const { status } = await server.call(method, `/api/people/${personId}${path}`, json && { json });
    expect(status).toBeLessThan(300);
    for (const { agent, level } of [first!, second!]) {
      const { revision } = await revocationOf(agent, personId);
      expect(revision).toBeGreaterThan(level);
      await agent.message<{ desiredRevision: number }>(
        'sync.changed',
        ({ desiredRevision }) => desiredRevision === revision,
      );
      const names = agent.received.map(({ name }) => name);
      expect(names.lastIndexOf('people.revoke')).toBeLessThan(names.lastIndexOf('sync.changed'));
    }
  });

  it('follows from consent that is withdrawn, and the door then learns anew who they are', async () => {
    const personId = await makePerson();
    const { agent, level } = await levelAgent((await makeDoor()).token);
    const text = await server.call('POST', '/api/consent-texts', {
      json: { texts: { ko: '동의합니다.', en: 'I agree.' } },
    });
    await server.call('POST', `/api/people/${personId}/consents`, {
      json: { textVersion: text.body.version, how: 'paper' },
    });
    const { status } = await server.call('POST', `/api/people/${personId}/consents/withdrawal`, { json: {} });
    expect(status).toBeLessThan(300);
    await revocationOf(agent, personId);
    const changes = await agent.pullAll(level);
    expect(changes).toContainEqual(expect.objectContaining({ kind: 'person.put' }));
  });

  it('is confirmed door by door, and shown', async () => {
    const personId = await makePerson();
    const [quick, slow] = [await makeDoor(), await makeDoor()];
    const { agent } = await levelAgent(quick.token);
    const { agent: other } = await levelAgent(slow.token);
    await until('both doors to know', async () => (await confirmedAt(personId, slow.id)) === true);
    await server.call('PATCH', `/api/people/${personId}`, {
      json: { status: 'blocked', statusReason: 'lost' },
    });
    const { revision } = await revocationOf(agent, personId);
    expect(await confirmedAt(personId, quick.id)).toBe(false);
    agent.socket.emit('people.revoked', { v: 1, revision });
    await until('the quick door to confirm', async () => (await confirmedAt(personId, quick.id)) === true);
    expect(await confirmedAt(personId, slow.id)).toBe(false);
    other.socket.emit('sync.applied', { v: 1, appliedRevision: revision });
    await until('the slow door to confirm', async () => (await confirmedAt(personId, slow.id)) === true);
    const { doorsTotal, doorsConfirmed, doors } = await doorsOf(personId);
    expect(doorsTotal).toBe(doors.length);
    expect(doorsConfirmed).toBe(doors.filter(({ confirmed }) => confirmed).length);
  });

  it('is told to a door that was away when it comes back, unless it was taken back', async () => {
    const [blocked, back] = [await makePerson(), await makePerson()];
    const { token } = await makeDoor();
    const { agent, level } = await levelAgent(token);
    agent.close();
    for (const personId of [blocked, back])
      await server.call('PATCH', `/api/people/${personId}`, {
        json: { status: 'blocked', statusReason: 'lost' },
      });
    await server.call('PATCH', `/api/people/${back}`, { json: { status: 'active' } });
    // A change that says nothing of it leaves the revocation as it is.
    await server.call('PATCH', `/api/people/${blocked}`, { json: { name: '김민정' } });
    const again = await connect(token);
    await again.hello({ appliedRevision: level });
    const { personIds } = await revocationOf(again, blocked);
    expect(personIds).toEqual([blocked]);
  });

  it('shows its doors to whoever may read the person, and nobody else', async () => {
    const personId = await makePerson();
    expect((await server.call('GET', `/api/people/${newId()}/doors`)).status).toBe(404);
    expect((await server.call('GET', '/api/people/x/doors')).status).toBe(400);
    const nobody = await server.withoutRole();
    expect((await nobody.call('GET', `/api/people/${personId}/doors`)).status).toBe(403);
    const registrar = await server.as('registrar');
    expect((await registrar.call('GET', `/api/people/${personId}/doors`)).status).toBe(200);
  });
});
