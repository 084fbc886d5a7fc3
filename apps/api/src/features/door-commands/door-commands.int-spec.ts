import type { CommandReport, DoorCommandMessage } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
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
async function connect(answer: (command: DoorCommandMessage) => object | null): Promise<TestAgent> {
  const agent = await TestAgent.connect(server.url, door.token);
  agent.socket.on('door.command', (command: DoorCommandMessage, reply: (answer: object) => void) => {
    const said = answer(command);
    if (said) reply({ ok: true, ...said });
    else agent.close();
  });
  await agent.hello();
  return agent;
}

/** What a door says of a command. */
const report = ({ commandId }: Pick<DoorCommandMessage, 'commandId'>, more: Partial<CommandReport>) => ({
  ...{ commandId, state: 'done', refusal: null, detail: null, unlockMs: null, diagnostics: null },
  ...more,
});

const audited = () =>
  server.dataSource.query<{ action: string; reason: string | null; details: object }[]>(
    `SELECT action, reason, details FROM audit_entry
     WHERE subject_id = $1 AND action LIKE 'door/%-%ed' ORDER BY at, id`,
    [door.id],
  );

describe('POST /api/doors/{id}/unlock', () => {
  it('tells the door once, says what it did, and keeps who asked and why', async () => {
    const commands: DoorCommandMessage[] = [];
    const agent = await connect((command) => {
      commands.push(command);
      return report(command, { unlockMs: 4_000 });
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
        details: { commandId, outcome: 'done', refusal: null, unlockMs: 4_000 },
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
    const agent = await connect((command) => report(command, { state: 'refused', refusal: 'locked-down' }));
    const { status, body } = await unlock();
    expect(status).toBe(409);
    expect(body).toMatchObject({
      code: 'doors/unlock-refused',
      detail: expect.stringContaining('lockdown') as string,
    });
    expect(await audited()).toMatchObject([{}, { details: { outcome: 'refused', refusal: 'locked-down' } }]);
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
    const slow = await connect((command) => report(command, { state: 'accepted' }));
    expect(await unlock()).toMatchObject({ status: 409, body: { code: 'doors/no-answer' } });
    slow.close();
    const confused = await connect(() => ({ state: 'perhaps' }));
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

describe('POST /api/doors/{id}/commands', () => {
  const path = () => `/api/doors/${door.id}/commands`;
  const tell = (command: object, reason = REASON) =>
    server.call('POST', path(), { json: { command, reason } });

  it('journals a command from its asking to its end, which the door tells later', async () => {
    const agent = await connect((command) => report(command, { state: 'accepted' }));
    const { status, body } = await tell({ kind: 'identify' });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        state: 'accepted',
        command: { kind: 'identify', forMs: 10_000 },
        reason: REASON,
        endedAt: null,
      },
    });
    const said = { v: 1, ...report({ commandId: body.id as CommandReport['commandId'] }, {}) };
    expect(await agent.ask('command.report', said)).toEqual({ ok: true });
    // What has ended stays as it ended, however often and late the door tells of it.
    expect(await agent.ask('command.report', { ...said, state: 'failed' })).toEqual({ ok: true });
    const { body: after } = await server.call('GET', `${path()}/${body.id as string}`);
    expect(after).toMatchObject({
      state: 'done',
      hasDiagnostics: false,
      endedAt: expect.any(String) as string,
    });
    const { body: list } = await server.call('GET', path());
    expect(list).toEqual({ items: [after] });
    expect((await audited()).map(({ action }) => action)).toEqual([
      'door/identify-requested',
      'door/identify-answered',
    ]);
    agent.close();
  });

  it('tells a door again what it may not have heard, with the same id, but nothing twice that it answered', async () => {
    const deaf = await connect(() => null);
    const { body } = await tell({ kind: 'restart' });
    expect(body).toMatchObject({ state: 'asked' });
    deaf.close();
    const heard: string[] = [];
    const back = await connect((command) => {
      heard.push(command.commandId);
      return report(command, {});
    });
    await until('the command to be answered', async () => {
      const { body: now } = await server.call('GET', `${path()}/${body.id as string}`);
      return now.state === 'done';
    });
    expect(heard).toEqual([body.id]);
    back.close();
  });

  it('hands out the bundle that a door collected, to those who look after it', async () => {
    const bundle = (goldenMessage('commandReportMessage') as CommandReport).diagnostics;
    const agent = await connect((command) => report(command, { diagnostics: bundle }));
    const { body } = await tell({ kind: 'collect-diagnostics' });
    expect(body).toMatchObject({ state: 'done', hasDiagnostics: true });
    expect((await server.call('GET', path())).body.items).toMatchObject([{ hasDiagnostics: true }]);
    const file = `${path()}/${body.id as string}/diagnostics`;
    const { status, body: got, headers } = await server.call('GET', file);
    expect(status).toBe(200);
    expect(got).toEqual(bundle);
    expect(headers.get('content-disposition')).toContain('attachment');
    const operator = await server.as('operator');
    expect((await operator.call('GET', file)).status).toBe(403);
    agent.close();
  });

  it('is not for those who may not, nor about what is not there', async () => {
    const agent = await connect((command) => report(command, {}));
    const operator = await server.as('operator');
    const restart = { json: { command: { kind: 'restart' }, reason: REASON } };
    expect((await operator.call('POST', path(), restart)).body.code).toBe('auth/forbidden');
    const lock = { json: { command: { kind: 'lock' }, reason: REASON } };
    expect((await operator.call('POST', path(), lock)).status).toBe(201);
    const auditor = await server.as('auditor');
    expect((await auditor.call('POST', path(), lock)).status).toBe(403);
    const elsewhere = await server.as('site-manager', await server.makeSite());
    for (const at of [path(), `${path()}/${newId()}`])
      expect((await elsewhere.call('GET', at)).status).toBe(403);
    expect((await server.callAnonymously('GET', path())).status).toBe(401);
    expect((await server.call('GET', `${path()}/${newId()}`)).body.code).toBe('doors/command-not-found');
    const { body } = await server.call('GET', path());
    const file = `${path()}/${(body.items as { id: string }[])[0]!.id}/diagnostics`;
    expect((await server.call('GET', file)).body.code).toBe('doors/no-diagnostics');
    for (const command of [{}, { kind: 'explode' }, { kind: 'identify', forMs: 1 }])
      expect((await tell(command)).status).toBe(400);
    expect((await tell({ kind: 'lock' }, ' ')).status).toBe(400);
    agent.close();
  });
});
