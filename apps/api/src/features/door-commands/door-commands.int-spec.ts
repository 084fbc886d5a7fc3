import type { DoorUnlock } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';
import { until } from '../../testing/until';

const REASON = 'A courier at the gate';

let server: TestServer;
let door: { id: string; token: string };

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
beforeEach(async () => {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Gate' } });
  door = { id: body.door.id as string, token: body.agentToken as string };
});

const unlock = (json: object = { reason: REASON }) =>
  server.call('POST', `/api/doors/${door.id}/unlock`, { json });

/** A door that answers commands so. */
async function connect(answer: (command: DoorUnlock) => object | null): Promise<TestAgent> {
  const agent = await TestAgent.connect(server.url, door.token);
  agent.socket.on('door.unlock', (command: DoorUnlock, reply: (answer: object) => void) => {
    const said = answer(command);
    if (said) reply(said);
    else agent.close();
  });
  await agent.hello();
  return agent;
}

const audited = () =>
  server.dataSource.query<{ action: string; reason: string | null; details: object }[]>(
    `SELECT action, reason, details FROM audit_entry
     WHERE subject_id = $1 AND action LIKE 'door/unlock%' ORDER BY at`,
    [door.id],
  );

describe('POST /api/doors/{id}/unlock', () => {
  it('tells the door once, says what it did, and keeps who asked and why', async () => {
    const commands: DoorUnlock[] = [];
    const agent = await connect((command) => {
      commands.push(command);
      return { ok: true, commandId: command.commandId, outcome: 'unlocked', reason: null, unlockMs: 4_000 };
    });
    const { status, body } = await unlock({ reason: REASON, unlockMs: 4_000 });
    expect({ status, body }).toEqual({
      status: 200,
      body: { commandId: commands[0]?.commandId, unlockMs: 4_000 },
    });
    expect(commands).toHaveLength(1);
    expect(Date.parse(commands[0]!.expiresAt) - Date.now()).toBeLessThanOrEqual(8_000);
    const { commandId } = commands[0]!;
    expect(await audited()).toEqual([
      {
        action: 'door/unlock-requested',
        reason: REASON,
        details: expect.objectContaining({ commandId }) as object,
      },
      {
        ...{ action: 'door/unlock-answered', reason: null },
        details: { commandId, outcome: 'unlocked', reason: null, unlockMs: 4_000 },
      },
    ]);
    // What the door did is its own event.
    const event = {
      id: newId(),
      sequence: 1,
      occurredAt: new Date().toISOString(),
      monotonicMs: 1,
      clockOffsetMs: 0,
    };
    await agent.push([{ ...event, kind: 'remote-unlock', details: { commandId, unlockMs: 4_000 } }]);
    const { body: page } = await server.call('GET', `/api/door-events?doorId=${door.id}&kind=remote-unlock`);
    expect(page.items).toMatchObject([{ origin: 'door', details: { commandId } }]);
    agent.close();
  });

  it('says why a door refused', async () => {
    const agent = await connect(({ commandId }) => ({
      ...{ ok: true, commandId, outcome: 'refused', reason: 'locked-down', unlockMs: 0 },
    }));
    const { status, body } = await unlock();
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'doors/unlock-refused',
      detail: expect.stringContaining('lockdown') as string,
    });
    expect(await audited()).toMatchObject([{}, { details: { outcome: 'refused', reason: 'locked-down' } }]);
    agent.close();
  });

  it('says so when the door is not connected, leaves before it answers, or answers nonsense', async () => {
    expect(await unlock()).toMatchObject({ status: 409, body: { code: 'doors/offline' } });
    const leaving = await connect(() => null);
    expect(await unlock()).toMatchObject({ status: 409, body: { code: 'doors/no-answer' } });
    leaving.close();
    await until('the door to have left', async () => {
      const { body } = await server.call('GET', `/api/doors/${door.id}`);
      return body.online === false;
    });
    const confused = await connect(() => ({ ok: true, outcome: 'perhaps' }));
    expect(await unlock()).toMatchObject({ status: 409, body: { code: 'doors/no-answer' } });
    confused.close();
  });

  it('is for operators of the site, with a reason, of a door that there is', async () => {
    const path = `/api/doors/${door.id}/unlock`;
    expect((await server.callAnonymously('POST', path, { json: { reason: REASON } })).status).toBe(401);
    const auditor = await server.as('auditor');
    expect((await auditor.call('POST', path, { json: { reason: REASON } })).status).toBe(403);
    const elsewhere = await server.as('operator', await server.makeSite());
    expect((await elsewhere.call('POST', path, { json: { reason: REASON } })).status).toBe(403);
    const operator = await server.as('operator');
    expect((await operator.call('POST', path, { json: { reason: REASON } })).body.code).toBe('doors/offline');
    for (const json of [{}, { reason: ' ' }, { reason: REASON, unlockMs: 0 }])
      expect((await unlock(json)).status).toBe(400);
    const nowhere = await server.call('POST', `/api/doors/${newId()}/unlock`, { json: { reason: REASON } });
    expect(nowhere.status).toBe(404);
    expect(await audited()).toEqual([]);
  });
});
