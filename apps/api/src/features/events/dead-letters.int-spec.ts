import { deadLettersPageSchema, doorOutboxSchema, type DeadLetter } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { makeEvent, TestAgent } from '../../testing/test-agent';
import { TestServer } from '../../testing/test-server';

let server: TestServer;
let door: { id: string; token: string; siteId: string };
let agent: TestAgent;

beforeAll(async () => {
  server = await (await TestServer.start()).signIn();
});
afterAll(() => server.close());
beforeEach(async () => {
  const { body } = await server.call('POST', '/api/doors', { json: { name: 'Tested' } });
  door = { id: body.door.id, token: body.agentToken, siteId: body.door.site.id };
  agent = await TestAgent.connect(server.url, door.token);
  await agent.hello();
});
afterEach(() => agent.close());

async function letters(query = ''): Promise<DeadLetter[]> {
  const { body } = await server.call('GET', `/api/events/dead-letters?doorId=${door.id}${query}`);
  return deadLettersPageSchema.parse(body).items;
}

async function stored(): Promise<number[]> {
  const rows: { sequence: string }[] = await server.dataSource.query(
    `SELECT sequence FROM access_event WHERE door_id = $1 UNION ALL
     SELECT sequence FROM door_event WHERE door_id = $1 AND epoch IS NOT NULL ORDER BY 1`,
    [door.id],
  );
  return rows.map(({ sequence }) => Number(sequence));
}

describe('events that cannot be stored', () => {
  it('are set aside with why, acknowledged, and hold up nothing', async () => {
    const events = [
      makeEvent(1),
      makeEvent(2, { similarity: 2 }),
      { ...makeEvent(3), kind: 'door-levitated', details: {} },
      makeEvent(4, { occurredAt: '0000-01-01T00:00:00Z' }),
      { ...makeEvent(5), kind: 'hardware-fault', details: { fault: 'a\0b' } },
      makeEvent(6),
    ];
    const answer = { ok: true, acknowledgedSequence: 6 };
    expect(await agent.push(events)).toEqual(answer);
    // Sent again, each is kept once.
    expect(await agent.push(events)).toEqual(answer);
    expect(await stored()).toEqual([1, 6]);
    const kept = (await letters()).sort((one, other) => one.sequence - other.sequence);
    expect(kept.map(({ sequence, reason, state }) => [sequence, reason, state])).toEqual([
      [2, 'unreadable', 'open'],
      [3, 'unknown-kind', 'open'],
      [4, 'impossible-time', 'open'],
      [5, 'refused-by-database', 'open'],
    ]);
    expect(kept[0]).toMatchObject({
      door: { id: door.id, name: 'Tested' },
      siteId: door.siteId,
      epoch: agent.epoch,
      detail: expect.stringContaining('similarity'),
    });
    expect(JSON.parse(kept[0]!.event)).toEqual(events[1]);
    expect(await letters('&reason=unknown-kind')).toHaveLength(1);
    expect(await letters('&state=dismissed')).toEqual([]);
    expect((await server.call('GET', '/api/health')).body.checks.events).toMatchObject({
      status: 'degraded',
    });
  });

  it('because another has their id or place are set aside alone', async () => {
    const [first, second] = [makeEvent(1), makeEvent(2)];
    await agent.push([first, second]);
    expect(await agent.push([makeEvent(3), { ...makeEvent(4), id: first.id }, makeEvent(5)])).toEqual({
      ok: true,
      acknowledgedSequence: 5,
    });
    expect(await agent.push([makeEvent(2), makeEvent(6)])).toEqual({ ok: true, acknowledgedSequence: 6 });
    expect(await stored()).toEqual([1, 2, 3, 5, 6]);
    expect((await letters()).map(({ sequence, reason }) => [sequence, reason]).sort()).toEqual([
      [2, 'conflict'],
      [4, 'conflict'],
    ]);
  });

  it('are stored at their place once nothing is in the way any more, with an entry in the account', async () => {
    const taken = makeEvent(1);
    await agent.push([taken]);
    const late = { ...makeEvent(2), id: taken.id };
    await agent.push([late, makeEvent(3)]);
    const [letter] = await letters();
    const path = `/api/events/dead-letters/${letter!.id}/retry`;
    const refused = await server.call('POST', path);
    expect([refused.status, refused.body.code]).toEqual([409, 'dead-letters/still-refused']);
    await server.dataSource.query('DELETE FROM access_event WHERE id = $1', [taken.id]);
    expect((await server.call('POST', path)).body).toMatchObject({
      state: 'stored',
      settled: { note: null },
    });
    expect(await stored()).toEqual([2, 3]);
    const again = await server.call('POST', path);
    expect([again.status, again.body.code]).toEqual([409, 'dead-letters/settled']);
    const audit = await server.call('GET', `/api/audit?subjectId=${letter!.id}`);
    expect(audit.body.items).toMatchObject([{ action: 'dead-letter/stored', details: { sequence: 2 } }]);
  });

  it('are let go with a reason by who may change the door, and by nobody else', async () => {
    await agent.push([makeEvent(1, { similarity: 2 })]);
    const [letter] = await letters();
    const path = `/api/events/dead-letters/${letter!.id}/dismiss`;
    const auditor = await server.as('auditor');
    expect((await auditor.call('GET', '/api/events/dead-letters')).body.items[0].id).toBe(letter!.id);
    expect((await auditor.call('POST', path, { json: { note: 'x' } })).status).toBe(403);
    expect((await server.call('POST', path, { json: { note: ' ' } })).status).toBe(400);
    const unknown = `/api/events/dead-letters/${newId()}/dismiss`;
    expect((await server.call('POST', unknown, { json: { note: 'x' } })).status).toBe(404);
    const { body } = await server.call('POST', path, { json: { note: 'A test.' } });
    expect(body).toMatchObject({ state: 'dismissed', settled: { note: 'A test.' } });
  });
});

describe('a door’s outbox', () => {
  const outbox = async () => {
    const { body } = await server.call('GET', `/api/doors/${door.id}/outbox`);
    return doorOutboxSchema.parse(body).epochs;
  };

  it('shows which events will never come', async () => {
    await agent.push([makeEvent(3), makeEvent(4)]);
    await agent.push([makeEvent(5), makeEvent(8), makeEvent(9, { similarity: 2 })]);
    expect(await outbox()).toEqual([
      {
        epoch: agent.epoch,
        firstHeardAt: expect.any(String),
        lastHeardAt: expect.any(String),
        acknowledgedSequence: 9,
        announcedSequence: 0,
        isEnded: false,
        missing: 4,
        deadLetters: 1,
        gaps: [
          { firstSequence: 1, lastSequence: 2, noticedAt: expect.any(String) },
          { firstSequence: 6, lastSequence: 7, noticedAt: expect.any(String) },
        ],
        chain: { state: 'none', firstSequence: null, brokenAt: null, checkpoint: null, unsigned: 0 },
      },
    ]);
  });

  it('does not miss what overtook the events that were lost', async () => {
    await agent.push([makeEvent(1)]);
    await agent.push([makeEvent(4)]);
    const again = await TestAgent.connect(server.url, door.token);
    await again.hello({ outbox: { epoch: agent.epoch, lastSequence: 7 } });
    await again.ask('events.push', { v: 1, epoch: agent.epoch, events: [makeEvent(6)] });
    const [epoch] = await outbox();
    expect(epoch).toMatchObject({ acknowledgedSequence: 6, announcedSequence: 7, missing: 3 });
    expect(epoch?.gaps).toMatchObject([
      { firstSequence: 2, lastSequence: 3 },
      { firstSequence: 5, lastSequence: 5 },
    ]);
    again.close();
  });

  it('that was lost is told by the one that follows', async () => {
    await agent.hello({ outbox: { epoch: agent.epoch, lastSequence: 5 } });
    await agent.push([makeEvent(1), makeEvent(2)]);
    const next = await TestAgent.connect(server.url, door.token);
    await next.hello();
    expect(await outbox()).toMatchObject([
      { epoch: next.epoch, isEnded: false, missing: 0 },
      { epoch: agent.epoch, isEnded: true, announcedSequence: 5, acknowledgedSequence: 2, missing: 3 },
    ]);
    next.close();
  });

  it('is shown to those who may read events there', async () => {
    const elsewhere = await server.as('operator', newId()).catch(() => server.withoutRole());
    expect((await elsewhere.call('GET', `/api/doors/${door.id}/outbox`)).status).toBe(403);
    expect((await server.call('GET', `/api/doors/${newId()}/outbox`)).status).toBe(404);
  });
});
